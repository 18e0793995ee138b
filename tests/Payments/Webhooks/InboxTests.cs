using Dunning.Payments.Webhooks;
using Dunning.Receivables;
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

        Assert.Equal("d1", (await after.FindInManualReviewAsync(default).SingleAsync()).Value.Id);
        Assert.Equal("d2", (await after.FindNewAsync(default).SingleAsync()).Value.Id);
    }

    [Fact]
    public async Task What_was_finished_meanwhile_is_not_postponed()
    {
        var inbox = new Inbox(new MemoryTable());
        await inbox.SaveAsync(_inManualReview, default);
        var read = await inbox.FindNewAsync(default).SingleAsync();
        await inbox.FinishAsync(_inManualReview, default);

        await inbox.PostponeAsync(read, read.Value with { Problem = "refused" }, default);

        Assert.Empty(await inbox.FindNewAsync(default).ToListAsync());
    }

    [Fact]
    public async Task The_marked_invoices_are_kept_when_a_message_that_read_the_row_before_finishes_it()
    {
        var inbox = new Inbox(new MemoryTable());
        await inbox.SaveAsync(_inManualReview, default);
        var readBefore = (await inbox.ReadAsync(_inManualReview.Message, default))!.Value;
        var (marked, named) = (new InvoiceId(new CustomerId("c1"), "i1"), new InvoiceId(new CustomerId("c1"), "i2"));

        await inbox.RememberInvoicesAsync(_inManualReview.Message, [marked], default);
        await inbox.MoveToManualReviewAsync(readBefore with { Invoices = [named] }, "no invoice is known", default);
        Assert.Equal([marked, named], (await inbox.ReadAsync(_inManualReview.Message, default))!.Value.Invoices);
        await inbox.FinishAsync(readBefore, default);
        await inbox.FinishAsync(readBefore, default);

        Assert.Equal([marked, named], (await inbox.ReadAsync(_inManualReview.Message, default))!.Value.Invoices);
    }

    [Fact]
    public async Task An_erased_delivery_stays_erased_when_an_invoice_is_marked()
    {
        var inbox = new Inbox(new MemoryTable());
        await inbox.SaveAsync(_inManualReview, default);
        await inbox.FinishAsync(_inManualReview, default);
        await inbox.ForgetAsync(_inManualReview.Message, default);

        await inbox.RememberInvoicesAsync(
            _inManualReview.Message,
            [new InvoiceId(new CustomerId("c1"), "i1")],
            default
        );

        var row = (await inbox.ReadAsync(_inManualReview.Message, default))!.Value;
        Assert.Equal((true, "i1"), (row.IsErased, Assert.Single(row.Invoices).Invoice));
    }

    [Fact]
    public async Task An_outcome_recorded_after_the_timer_read_the_row_is_not_overwritten()
    {
        var inbox = new Inbox(new MemoryTable());
        await inbox.SaveAsync(_inManualReview, default);
        var read = await inbox.FindNewAsync(default).SingleAsync();
        await inbox.PostponeAsync(read, read.Value with { Problem = "the token is rejected" }, default);

        await inbox.PostponeAsync(read, read.Value with { AttemptCount = 1 }, default);

        Assert.Equal("the token is rejected", (await inbox.FindNewAsync(default).SingleAsync()).Value.Problem);
    }
}
