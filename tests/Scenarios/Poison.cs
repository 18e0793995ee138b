using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A customer's row is broken, so that whatever touches the customer fails until somebody mends it. £119, due Monday 16
/// March 2026.
/// </summary>
public sealed class Poison : Story
{
    [Fact]
    public async Task A_scan_is_listed_with_its_cause_and_replayed()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        var sound = await BreakAsync(id, "ScanShard", Queues.Scan);
        await PlanAsync();
        await PoisonAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal("scan", row.GetProperty("queue").GetString());
        Assert.Contains(sound.Id, row.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(["replay", "discard"], row.GetProperty("decisions").EnumerateArray().Select(d => d.GetString()));

        await MendAsync(sound);
        using var replay = await DecideAsync(row, "replay");
        using var again = await DecideAsync(row, "replay");
        using var discard = await DecideAsync(row, "discard");
        await Host.PumpAsync();

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict],
            [replay.StatusCode, again.StatusCode, discard.StatusCode]
        );
        Assert.Single(Emails);
        Assert.Empty((await PoisonedAsync()).EnumerateArray());
        var kept = (await Failures.FindAsync(row.GetProperty("id").GetString()!, CancellationToken.None))!.Value;
        Assert.Equal(
            ("Maya", OperatorDecisionKind.Replayed),
            (Assert.Single(kept.Decisions).By, kept.Decisions[0].Kind)
        );
    }

    [Theory]
    [InlineData("replay", 1, "sent", "decided")]
    [InlineData("discard", 0, "notSent", "planned")]
    public async Task A_notice_is_listed_with_its_customer_and_goes_out_or_not_as_decided(
        string decision,
        int mails,
        params string[] events
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var sound = await BreakAsync(id, "SendEmailNotice", Queues.EmailNotices);
        await PoisonAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal(sound.Id, row.GetProperty("customerId").GetString());
        using var tooEarly = await DecideAsync(row, decision);
        Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);

        await MendAsync(sound);
        row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal(
            "HF-1",
            Assert.Single(row.GetProperty("invoices").EnumerateArray()).GetProperty("number").GetString()
        );
        using var answer = await DecideAsync(row, decision);
        using var again = await DecideAsync(row, decision);
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.Equal(mails, Emails.Count());
        // The clock stands still: what happened in one instant has no order.
        Assert.Equal(events.Order(), (await EventsAsync(id)).TakeLast(2).Order());
    }

    [Fact]
    public async Task A_payment_that_is_discarded_is_left_to_people_and_holds_its_invoice_no_more()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        var sound = await BreakAsync(id, "ApplyPayment", Queues.PaymentsReceived);
        await PoisonAsync();
        await MendAsync(sound);
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());

        using var answer = await DecideAsync(row, "discard");
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var view = await ViewAsync(id);
        Assert.Equal("119.00", view.GetProperty("balance").GetString());
        Assert.False(view.TryGetProperty("whyNotDemanded", out _));
        Assert.Contains(
            "discarded by Maya",
            view.GetProperty("events").EnumerateArray().Last().GetProperty("what").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "discarded by Maya: test",
            await Http.GetStringAsync("api/manage/payments/unmatched"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_went_through_after_all_needs_nobody_and_is_forgotten_after_two_weeks()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var sound = await BreakAsync(id, "SendEmailNotice", Queues.EmailNotices);
        await PoisonAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        await MendAsync(sound);

        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();
        Assert.Single(Emails);
        await Host.RunTimerAsync(nameof(PruneFailures));
        Assert.Empty((await PoisonedAsync()).EnumerateArray());
        Assert.NotNull(await Failures.FindAsync(row.GetProperty("id").GetString()!, CancellationToken.None));

        Host.Clock.Advance(TimeSpan.FromDays(15));
        await Host.RunTimerAsync(nameof(PruneFailures));
        Assert.Null(await Failures.FindAsync(row.GetProperty("id").GetString()!, CancellationToken.None));
    }

    [Fact]
    public async Task A_customer_whose_row_is_broken_keeps_nobody_else_waiting()
    {
        var broken = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "mia@bright.example")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await EmptyAsync(Queues.EmailNotices);
        var sound = await BreakAsync(broken);

        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Contains("mia@bright.example", Assert.Single(Assert.Single(Emails).To), StringComparison.Ordinal);
        var listed = (await Http.GetFromJsonAsync<JsonElement>("api/manage/recover")).GetProperty("stalled");
        Assert.Equal(sound.Id, Assert.Single(listed.EnumerateArray()).GetProperty("customerId").GetString());
        await MendAsync(sound);
    }

    private Failures Failures => Host.Services.GetRequiredService<Failures>();

    private TableClient Table => Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);

    /// <returns>The customer as it was.</returns>
    private async Task<Customer> BreakAsync(string invoiceId, params string[] warnings)
    {
        ExpectedWarnings.AddRange(warnings);
        var customerId = invoiceId.Split('-')[0];
        var sound = (await Book.ReadAsync(customerId, CancellationToken.None))!.Customer.Value;
        await Table.UpsertEntityAsync(
            Rows.Write(Book.Shards.Of(customerId), Keys.Customer(customerId), new { nonsense = true }),
            TableUpdateMode.Replace
        );
        return sound;
    }

    private async Task MendAsync(Customer sound) =>
        await Table.UpsertEntityAsync(
            Rows.Write(Book.Shards.Of(sound.Id), Keys.Customer(sound.Id), sound),
            TableUpdateMode.Replace
        );

    private async Task PoisonAsync()
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await Host.PumpAsync();
            Host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        await Host.PumpAsync();
    }

    private Task<HttpResponseMessage> DecideAsync(JsonElement row, string decision) =>
        PostAsync(
            $"api/manage/recover/{row.GetProperty("id").GetString()}/{decision}",
            new { by = "Maya", note = "test" }
        );

    private async Task<JsonElement> PoisonedAsync() =>
        (await Http.GetFromJsonAsync<JsonElement>("api/manage/recover")).GetProperty("poisoned");
}
