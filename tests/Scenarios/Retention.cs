using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Notices.Delivery;
using Dunning.Privacy;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Messages are kept for 100 days, webhook bodies for 30, invoices for 2,000. Paid on 5 March 2026.</summary>
public sealed class Retention : Scenario
{
    private readonly FailingStorageTransport _blobs = new();

    protected override void ReplaceServices(IServiceCollection services) => _blobs.UseForBlobs(services);

    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["Retention:MessagesDays"] = "100",
            ["Retention:WebhookBodiesDays"] = "30",
            ["Retention:ClosedInvoicesDays"] = "2000",
        };

    [Fact]
    public async Task Bodies_go_first_then_texts_then_all()
    {
        Host.Clock.SetTo(At("2026-03-05T10:00Z"));
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));

        await TickAtAsync("2026-04-04T09:00Z");
        Assert.Contains("amount_received", await ReadStorageAsync(), StringComparison.Ordinal);
        await TickAtAsync("2026-04-04T12:00Z");
        Assert.DoesNotContain("amount_received", await ReadStorageAsync(), StringComparison.Ordinal);

        await TickAtAsync("2026-06-13T09:00Z");
        Assert.Contains("tom@amberley.example", await ReadStorageAsync(), StringComparison.Ordinal);
        await TickAtAsync("2026-06-13T12:00Z");
        Assert.DoesNotContain("amberley", await ReadStorageAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ("settled", "119.00"),
            (await StateAsync(id), (await GetInvoiceAsync(id)).GetProperty("paid").GetString())
        );

        await TickAtAsync("2031-08-26T09:00Z");
        Assert.NotNull(await Table.ReadClosedAsync(Parse(id), CancellationToken.None));
        await TickAtAsync("2031-08-26T12:00Z");
        Assert.Null(await Table.ReadInvoiceAsync(Parse(id), CancellationToken.None));
        Assert.Null(await Table.ReadAsync(Parse(id).Customer, CancellationToken.None));
        Assert.Empty(await Table.ReadLedgerAsync(Parse(id), CancellationToken.None));
        Assert.Empty(await Table.ReadStoredEventsAsync(Parse(id), CancellationToken.None));
        Assert.Null(
            await Host.Services.GetRequiredService<Lookup>().FindExternalIdAsync("api", "HF-1", CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_customer_is_kept_as_long_as_one_invoice_needs_them()
    {
        var paid = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", due: "2027-01-01"));
        await ChangeAsync(paid, "void", new { reason = "a remark about Tom" });

        await TickAtAsync("2026-09-01T12:00Z");

        var stored = await ReadStorageAsync();
        Assert.DoesNotContain("a remark about Tom", stored, StringComparison.Ordinal);
        Assert.Contains("tom@amberley.example", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_about_two_invoices_is_kept_as_long_as_one_of_them_is()
    {
        var paid = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-16"));
        var other = await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-16"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Single(Emails);
        await ChangeAsync(paid, "void", new { });
        Host.Clock.SetTo(At("2026-03-25T10:00Z"));
        await ChangeAsync(other, "void", new { });

        await TickAtAsync("2026-06-28T12:00Z");
        Assert.NotNull((await Table.ReadClosedAsync(Parse(paid), CancellationToken.None))!.Value.ErasedAt);
        Assert.Single(await MessagesAsync());
        await TickAtAsync("2026-07-04T12:00Z");
        Assert.Empty(await MessagesAsync());
        using var gone = await Http.GetAsync($"api/invoices/{other}/messages/20260319090000-email");
        Assert.Contains("erased on 2026-07-04", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_about_no_invoice_is_kept_as_long_as_other_messages()
    {
        var paid = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        await PostInvoiceAsync(Invoice("HF-2", due: "2027-01-01", issued: "2026-06-01"));
        await Host.PumpAsync();
        var before = (await MessagesAsync()).Count;
        var archive = Host.Services.GetRequiredService<MessageArchive>();
        var statement = new Notice
        {
            Id = new NoticeId("20260302000000-statement"),
            CustomerId = Parse(paid).Customer,
            Channel = Channel.Email,
            Tone = NoticeTone.Statement,
            Lines = [],
            Claim = "a",
            PlannedAt = Host.Clock.GetUtcNow(),
            NotBefore = Host.Clock.GetUtcNow(),
        };
        var content = new MessageContent
        {
            From = "billing@creditor.example",
            To = ["tom@amberley.example"],
            Text = "Nothing is owed",
        };
        await archive.SaveAsync(statement, content, CancellationToken.None);
        Host.Clock.SetTo(At("2026-06-01T00:00Z"));
        await archive.SaveAsync(statement with { Claim = "b" }, content, CancellationToken.None);
        Assert.Equal(before + 2, (await MessagesAsync()).Count);

        await TickAtAsync("2026-07-01T12:00Z");

        Assert.Equal([(statement with { Claim = "b" }).ArchivedAs], await MessagesAsync());
    }

    [Fact]
    public async Task A_deletion_that_failed_is_completed_by_the_next_run()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-16"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ChangeAsync(id, "void", new { });
        Host.Clock.SetTo(At("2026-07-04T12:00Z"));

        // The list is read, the deletion fails.
        _blobs.Fail(afterRequests: 1);
        await Assert.ThrowsAnyAsync<Exception>(() => Host.RunTimerAsync(nameof(ApplyRetention)));
        _blobs.Restore();
        Assert.Null((await Table.ReadClosedAsync(Parse(id), CancellationToken.None))!.Value.ErasedAt);
        Assert.Single(await MessagesAsync());

        await TickAtAsync("2026-07-04T13:00Z");
        Assert.Empty(await MessagesAsync());
        Assert.NotNull((await Table.ReadClosedAsync(Parse(id), CancellationToken.None))!.Value.ErasedAt);
    }

    [Fact]
    public async Task A_webhook_repeated_after_its_body_was_deleted_is_not_applied_twice_and_marks_no_invoice()
    {
        Host.Clock.SetTo(At("2026-03-05T10:00Z"));
        var id = await PostInvoiceAsync(Invoice("HF-1", amount: "200.00"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await TickAtAsync("2026-04-10T12:00Z");

        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();

        Assert.DoesNotContain("amount_received", await ReadStorageAsync(), StringComparison.Ordinal);
        var view = await GetInvoiceAsync(id);
        Assert.Equal("81.00", view.GetProperty("balance").GetString());
        Assert.False(view.TryGetProperty("whyNotDemanded", out _));
    }

    [Fact]
    public async Task A_payment_whose_body_was_deleted_before_its_invoice_arrived_does_not_stop_reminders()
    {
        Host.Clock.SetTo(At("2026-03-05T10:00Z"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await TickAtAsync("2026-04-10T12:00Z");

        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await Host.PumpAsync();

        Assert.False((await GetInvoiceAsync(id)).TryGetProperty("whyNotDemanded", out _));
        await foreach (var row in Storage.GetTableClient(Tables.Lookup).QueryAsync<TableEntity>())
            Assert.False(row.PartitionKey.StartsWith("w_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_SMS_from_an_unknown_number_is_deleted_with_the_messages()
    {
        var stranger = new Reply(
            "SM1",
            "+4915112345678",
            null,
            "Who is this?",
            ReplyMeaning.Message,
            Host.Clock.GetUtcNow()
        );
        await Host
            .Services.GetRequiredService<Dunning.Replies.ReplyIntake>()
            .SaveAsync(stranger, CancellationToken.None);
        Assert.Contains("Who is this?", await ReadStorageAsync(), StringComparison.Ordinal);

        await TickAtAsync("2026-06-13T12:00Z");

        Assert.DoesNotContain("Who is this?", await ReadStorageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_responses_are_deleted_after_their_retention_period()
    {
        using var answer = await PostAsync("api/invoices", Invoice("HF-1"), ("Idempotency-Key", "once"));
        Host.Clock.Advance(TimeSpan.FromDays(3));

        for (var hour = 0; hour < 256; hour++)
        {
            Host.Clock.Advance(TimeSpan.FromHours(1));
            await Host.RunTimerAsync(nameof(PruneAnswers));
        }

        await foreach (var row in Storage.GetTableClient(Tables.Lookup).QueryAsync<TableEntity>())
            Assert.False(row.PartitionKey.StartsWith("k_", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> MessagesAsync()
    {
        List<string> names = [];
        await foreach (var blob in Blobs.GetBlobContainerClient(Containers.SentMessages).GetBlobsAsync())
            names.Add(blob.Name);
        return names;
    }

    private TableServiceClient Storage => Host.Services.GetRequiredService<TableServiceClient>();

    private async Task TickAtAsync(string instant)
    {
        Host.Clock.SetTo(At(instant));
        await Host.RunTimerAsync(nameof(ApplyRetention));
        await Host.RunTimerAsync(nameof(ForgetWebhookBodies));
    }

    private BlobServiceClient Blobs => Host.Services.GetRequiredService<BlobServiceClient>();

    private Task<string> ReadStorageAsync() => StorageText.ReadAsync(Storage, Blobs);

    private static InvoiceId Parse(string id) =>
        InvoiceId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id);
}
