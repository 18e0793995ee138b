using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Replies;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Replies;

/// <summary>An SMS that arrives while its sender's data are being erased.</summary>
public class ErasedReplyTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-10T10:00Z");

    [Theory]
    [InlineData(ReplyMeaning.Message)]
    [InlineData(ReplyMeaning.Start)]
    [InlineData(ReplyMeaning.Help)]
    public void Nothing_of_a_message_is_stored(ReplyMeaning meaning) => Assert.Null(Decide(meaning));

    [Fact]
    public void Of_an_opt_out_only_the_hash_of_the_number_is_stored()
    {
        var transaction = Decide(ReplyMeaning.Stop)!;

        var optOut = Assert.Single(Assert.IsType<Customer>(Assert.Single(transaction.Rows).Value).OptOuts);
        Assert.Equal("", optOut.Text);
        Assert.DoesNotContain("4930", optOut.Number, StringComparison.Ordinal);
        Assert.True(optOut.Is("+4930123456"));
    }

    private static CustomerTransaction? Decide(ReplyMeaning meaning)
    {
        var erased = TestData.Customer() with { ErasedAt = _now };
        return ReplyDecision.Decide(
            new DunningContext(erased, Rules.Default, _now),
            TestData.Account(erased),
            new Reply("SM1", "+4930123456", erased.Id, "I am ill", meaning, _now)
        );
    }
}
