namespace Dunning.Tests.Scenarios.BadWebhooks;

/// <summary>One of the bad inputs of facts/webhooks.md, 5.8.</summary>
/// <param name="Answer">
/// What comes of it: the status of each answer, what the invoice says afterwards, why it waits for a person.
/// </param>
internal sealed record BadWebhook(int Number, string What, string Answer, Func<WebhookLab, Task<string>> TryAsync);

/// <summary>
/// The 54 bad inputs that a receiver of webhooks has to bear, in the order and with the numbers of facts/webhooks.md
/// 5.8, over HTTP and down to the book. A text "not here" says what a row cannot show.
/// </summary>
public sealed class BadWebhookTests(WebhookLab lab) : IClassFixture<WebhookLab>
{
    private static readonly Dictionary<int, BadWebhook> _cases = BadSignatures
        .All.Concat(BadBodies.All)
        .Concat(BadMeanings.All)
        .ToDictionary(one => one.Number);

    public static TheoryData<int, string> Numbers
    {
        get
        {
            var rows = new TheoryData<int, string>();
            foreach (var one in _cases.Values)
                rows.Add(one.Number, one.What);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_bad_input_gets_its_answer(int number, string what)
    {
        await lab.ParkedAsync();

        Assert.Equal($"{what}: {_cases[number].Answer}", $"{what}: {await _cases[number].TryAsync(lab)}");
    }

    [Fact]
    public void There_are_54_of_them() => Assert.Equal(Enumerable.Range(1, 54), _cases.Keys);
}
