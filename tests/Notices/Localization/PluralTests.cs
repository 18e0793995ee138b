using Dunning.Notices.Localization;

namespace Dunning.Tests.Notices.Localization;

/// <summary>CLDR 48.</summary>
public sealed class PluralTests
{
    [Theory]
    [InlineData("other", "other", 0, 1, 2, 21, 1_000_000)]
    [InlineData("one-other", "one", 1)]
    [InlineData("one-other", "other", 0, 2, 11, 21, 101)]
    [InlineData("one-many-other", "one", 1)]
    [InlineData("one-many-other", "many", 1_000_000, 2_000_000)]
    [InlineData("one-many-other", "other", 0, 2, 999_999)]
    [InlineData("zero1-many-other", "one", 0, 1)]
    [InlineData("zero1-many-other", "many", 1_000_000)]
    [InlineData("zero1-many-other", "other", 2, 11, 21)]
    [InlineData("one-two-other", "one", 1)]
    [InlineData("one-two-other", "two", 2)]
    [InlineData("one-two-other", "other", 0, 3, 10, 11, 22, 102)]
    [InlineData("one-few-many", "one", 1, 21, 31, 101, 121)]
    [InlineData("one-few-many", "few", 2, 3, 4, 22, 24, 102)]
    [InlineData("one-few-many", "many", 0, 5, 11, 12, 14, 20, 25, 30, 100, 111, 112)]
    public void Each_rule_sorts_counts_as_CLDR_does(string rule, string category, params int[] counts) =>
        Assert.All(counts, count => Assert.Equal(category, Plural.Find(rule)!.Category(count)));

    [Fact]
    public void Every_category_a_rule_answers_is_one_that_a_file_must_have() =>
        Assert.All(
            Plural.Names,
            name =>
                Assert.All(
                    Enumerable.Range(0, 300).Append(1_000_000),
                    n => Assert.Contains(Plural.Find(name)!.Category(n), Plural.Find(name)!.Categories)
                )
        );

    [Theory]
    [InlineData(1, "день")]
    [InlineData(2, "дня")]
    [InlineData(5, "дней")]
    [InlineData(11, "дней")]
    [InlineData(21, "день")]
    [InlineData(22, "дня")]
    [InlineData(111, "дней")]
    [InlineData(121, "день")]
    public void Russian_days_take_their_three_forms(int days, string form)
    {
        var forms = new Dictionary<string, Phrase>
        {
            ["one"] = new("день"),
            ["few"] = new("дня"),
            ["many"] = new("дней"),
        };

        Assert.Equal(
            form,
            new PluralPhrase(Plural.OneFewMany, forms)
                .For(days)
                .Fill(new Dictionary<string, IReadOnlyList<TextSpan>>(), false)
                .ToPlain()
        );
    }
}
