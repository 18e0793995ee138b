using Dunning.Payments.Webhooks;
using Dunning.Tests.Fuzzing;

namespace Dunning.Tests.Payments.Webhooks;

public sealed class InboxTests
{
    private static readonly WebhookDelivery _inManualReview = new(
        "w-retired",
        "d1",
        "stripe",
        "evt_1",
        ProviderSamples.Now,
        new Dictionary<string, string>(),
        []
    );

    [Fact]
    public async Task What_an_endpoint_took_is_found_after_its_key_was_retired()
    {
        var table = new MemoryTable();
        var before = new Inbox(table);
        await before.SaveAsync(_inManualReview, default);
        await before.SaveAsync(_inManualReview with { Id = "d2" }, default);
        await before.MoveToManualReviewAsync(_inManualReview, "no invoice is known", default);

        var after = new Inbox(table);

        Assert.Equal("d1", (await after.FindInManualReviewAsync(default).SingleAsync()).Id);
        Assert.Equal("d2", (await after.FindNewAsync(default).SingleAsync()).Id);
    }

    [Fact]
    public async Task What_was_finished_meanwhile_is_not_postponed()
    {
        var inbox = new Inbox(new MemoryTable());
        await inbox.SaveAsync(_inManualReview, default);
        await inbox.FinishAsync(_inManualReview, default);

        await inbox.PostponeAsync(_inManualReview with { Problem = "refused" }, default);

        Assert.Empty(await inbox.FindNewAsync(default).ToListAsync());
    }
}
