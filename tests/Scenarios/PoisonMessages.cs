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
/// A customer's row is unreadable, so every operation on this customer fails until the row is restored. £119, due
/// Monday 16 March 2026.
/// </summary>
public sealed class PoisonMessages : Scenario
{
    [Fact]
    public async Task A_scan_is_listed_with_its_cause_and_replayed()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        var original = await BreakCustomerAsync(id, "ScanShard", Queues.Scan);
        await PlanAsync();
        await FailUntilPoisonedAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal("scan", row.GetProperty("queue").GetString());
        Assert.Contains(original.Id.Value, row.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(["replay", "discard"], row.GetProperty("decisions").EnumerateArray().Select(d => d.GetString()));

        await RestoreCustomerAsync(original);
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
        var failure = (await Failures.FindAsync(row.GetProperty("id").GetString()!, CancellationToken.None))!.Value;
        Assert.Equal(
            ("Maya", OperatorDecisionKind.Replayed),
            (Assert.Single(failure.Decisions).By, failure.Decisions[0].Kind)
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
        var original = await BreakCustomerAsync(id, "SendEmailNotice", Queues.EmailNotices);
        await FailUntilPoisonedAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal(original.Id.Value, row.GetProperty("customerId").GetString());
        using var tooEarly = await DecideAsync(row, decision);
        Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);

        await RestoreCustomerAsync(original);
        row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Equal(
            "HF-1",
            Assert.Single(row.GetProperty("invoices").EnumerateArray()).GetProperty("number").GetString()
        );
        using var response = await DecideAsync(row, decision);
        using var again = await DecideAsync(row, decision);
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, again.StatusCode));
        Assert.Equal(mails, Emails.Count());
        // The clock stands still, and events of one instant have no order.
        Assert.Equal(events.Order(), (await EventsAsync(id)).TakeLast(2).Order());
    }

    [Fact]
    public async Task A_discarded_payment_is_listed_as_unmatched_and_no_longer_stops_reminders()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        var original = await BreakCustomerAsync(id, "ApplyPayment", Queues.PaymentsReceived);
        await FailUntilPoisonedAsync();
        await RestoreCustomerAsync(original);
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());

        using var response = await DecideAsync(row, "discard");
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var view = await GetInvoiceAsync(id);
        Assert.Equal("119.00", view.GetProperty("balance").GetString());
        Assert.False(view.TryGetProperty("whyNotDemanded", out _));
        Assert.Contains(
            "discarded by Maya",
            view.GetProperty("events").EnumerateArray().Last().GetProperty("what").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains("discarded by Maya: test", await UnmatchedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_later_succeeds_is_marked_as_resolved_and_deleted_after_two_weeks()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var original = await BreakCustomerAsync(id, "SendEmailNotice", Queues.EmailNotices);
        await FailUntilPoisonedAsync();
        var row = Assert.Single((await PoisonedAsync()).EnumerateArray());
        await RestoreCustomerAsync(original);

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
    public async Task A_customer_with_an_unreadable_row_does_not_delay_other_customers()
    {
        var broken = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "mia@bright.example")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ClearQueueAsync(Queues.EmailNotices);
        var original = await BreakCustomerAsync(broken);

        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Contains("mia@bright.example", Assert.Single(Assert.Single(Emails).To), StringComparison.Ordinal);
        var listed = (await Http.GetFromJsonAsync<JsonElement>("api/manage/recover")).GetProperty("stalled");
        Assert.Equal(original.Id.Value, Assert.Single(listed.EnumerateArray()).GetProperty("customerId").GetString());
        await RestoreCustomerAsync(original);
    }

    [Fact]
    public async Task A_row_of_a_later_release_delays_only_its_customer_and_its_message_can_be_decided()
    {
        var newer = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "mia@bright.example")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ClearQueueAsync(Queues.EmailNotices);
        var original = await BreakCustomerAsync(newer, "SendEmailNotice", Queues.EmailNotices);
        await RestoreCustomerAsync(original, schema: Schemas.Current + 1);
        await Host
            .Services.GetRequiredService<Queues>()
            .SendTextAsync(
                Queues.EmailNotices,
                $$"""{"customerId":"{{original.Id}}","noticeId":"n","schema":{{Schemas.Current + 1}}}""",
                TimeSpan.Zero,
                CancellationToken.None
            );

        await FailUntilPoisonedAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await RecoverAsync();

        Assert.Contains("mia@bright.example", Assert.Single(Assert.Single(Emails).To), StringComparison.Ordinal);
        var listed = Assert.Single((await PoisonedAsync()).EnumerateArray());
        Assert.Contains(
            $"has schema {Schemas.Current + 1}",
            listed.GetProperty("cause").GetString(),
            StringComparison.Ordinal
        );
        using var discarded = await DecideAsync(listed, "discard");
        Assert.True(discarded.IsSuccessStatusCode, await discarded.Content.ReadAsStringAsync());
        await RestoreCustomerAsync(original);
    }

    private Failures Failures => Host.Services.GetRequiredService<Failures>();

    private TableClient TableClient =>
        Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);

    /// <returns>The customer before the change.</returns>
    private async Task<Customer> BreakCustomerAsync(string invoiceId, params string[] warnings)
    {
        ExpectedWarnings.AddRange(warnings);
        var customerId = invoiceId.Split('-')[0];
        var original = (await Table.ReadAsync(new CustomerId(customerId), CancellationToken.None))!.Customer.Value;
        await TableClient.UpsertEntityAsync(
            Rows.Write(
                Table.Shards.Of(new CustomerId(customerId)),
                Keys.Customer(new CustomerId(customerId)),
                new { invalid = true }
            ),
            TableUpdateMode.Replace
        );
        return original;
    }

    private async Task RestoreCustomerAsync(Customer original, int schema = Schemas.Current)
    {
        var row = Rows.Write(Table.Shards.Of(original.Id), Keys.Customer(original.Id), original);
        row["Schema"] = schema;
        await TableClient.UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    private async Task FailUntilPoisonedAsync()
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
