namespace Dunning.Tests.Scenarios.BadWebhooks;

/// <summary>One of the bad inputs of facts/webhooks.md, 5.8.</summary>
/// <param name="Expected">
/// The status of each response, the state of the invoice afterwards, and why the webhook is listed for manual review.
/// </param>
internal sealed record BadWebhook(int Number, string What, string Expected, Func<WebhookHost, Task<string>> TryAsync);

/// <summary>
/// The 54 bad inputs that a webhook receiver must handle, in the order and with the numbers of facts/webhooks.md 5.8,
/// from HTTP to the stored rows. "not here" marks what a test case cannot show.
/// </summary>
[Trait("Category", "Long")]
public sealed class BadWebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private static readonly Dictionary<int, BadWebhook> _cases = BadSignatures
        .All.Concat(BadBodies.All)
        .Concat(BadMeanings.All)
        .ToDictionary(badWebhook => badWebhook.Number);

    public static TheoryData<int, string> Numbers
    {
        get
        {
            var rows = new TheoryData<int, string>();
            foreach (var badWebhook in _cases.Values)
                rows.Add(badWebhook.Number, badWebhook.What);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_bad_input_gets_its_answer(int number, string what)
    {
        await host.ManualReviewProblemsAsync();

        Assert.Equal($"{what}: {_cases[number].Expected}", $"{what}: {await _cases[number].TryAsync(host)}");
    }

    [Fact]
    public void There_are_54_of_them() => Assert.Equal(Enumerable.Range(1, 54), _cases.Keys);
}
