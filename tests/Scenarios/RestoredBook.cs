using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Azure.Data.Tables;
using Dunning.Local.MailViewer;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Reminders are sent on Tuesday morning, and at noon the tables of Monday are restored. The providers and the queues
/// know of the messages, the book does not.
/// </summary>
[Trait("Category", "Long")]
public sealed class RestoredBook : Scenario
{
    private const string Backup = "2026-03-16T13:30:00Z";
    private const string Restore = "2026-03-17T12:30:00Z";

    private readonly List<SentMessage> _beforeRestore = [];

    [Fact]
    public async Task Without_the_procedure_messages_would_be_sent_twice()
    {
        var backup = await UntilBackupAsync();
        await UntilRestoreAsync();
        await RestoreAsync(backup, stopped: false);
        await RepeatWhatCameSinceAsync();

        await AdvanceDailyAsync("2026-03-18", "2026-03-27");

        var twice = await SentTwiceAsync();
        Assert.Contains(twice, line => line.Contains("Email", StringComparison.Ordinal));
        Assert.Contains(twice, line => line.Contains("Sms", StringComparison.Ordinal));
        Assert.Contains(twice, line => line.Contains("Escalation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_book_of_yesterday_starts_stopped_and_nothing_is_sent_twice()
    {
        ExpectedWarnings.Add("is in doubt");
        var backup = await UntilBackupAsync();
        await UntilRestoreAsync();
        var sent = Host.Outbox.Sent.Count;
        await RestoreAsync(backup, stopped: true);
        await RepeatWhatCameSinceAsync();
        await RunTimersAsync();
        await RecoverAsync();
        Assert.Equal(sent, Host.Outbox.Sent.Count);

        // The instant of the backup is in the row that the restore wrote.
        var preview = await StartAsync(confirm: false);
        await RecoverAsync();
        Assert.Equal(sent, Host.Outbox.Sent.Count);
        Assert.Equal("inDoubt", preview.GetProperty("effect").GetString());
        Assert.Equal(At(Backup), preview.GetProperty("restoredFrom").GetDateTimeOffset());
        await StartAsync(confirm: true);
        await RunTimersAsync();
        await RecoverAsync();
        Assert.Equal(sent, Host.Outbox.Sent.Count);
        var inDoubt = await InDoubtAsync();
        Assert.NotEmpty(inDoubt);
        // The email of New York was planned in the backup: the provider knew its id and said that it was sent.
        Assert.DoesNotContain(
            inDoubt,
            entry =>
                entry.Contains("york", StringComparison.Ordinal) && entry.Contains("email", StringComparison.Ordinal)
        );
        Assert.Contains(inDoubt, entry => entry.Contains("sms", StringComparison.Ordinal));

        await AdvanceDailyAsync("2026-03-18", "2026-03-19");
        // The minimum distance counts from the start.
        Assert.DoesNotContain(
            Host.Outbox.Sent.Skip(sent).OfType<SentEmail>(),
            mail => mail.To[0] is "pay@birch.example" or "pay@cedar.example" or "pay@elm.example" or "pay@oak.example"
        );
        await AdvanceDailyAsync("2026-03-20", "2026-04-20");

        Assert.True(Host.Outbox.Sent.Count > sent, "No later step was sent.");
        var twice = await SentTwiceAsync();
        Assert.True(twice.Count == 0, string.Join("\n", twice));
    }

    [Fact]
    public async Task A_person_decides_what_was_sent_and_what_goes_again()
    {
        ExpectedWarnings.Add("is in doubt");
        var backup = await UntilBackupAsync();
        await UntilRestoreAsync();
        await RestoreAsync(backup, stopped: true);
        await RepeatWhatCameSinceAsync();
        await StartAsync(confirm: true);
        await RecoverAsync();
        var sent = Host.Outbox.Sent.Count;
        var entries = (await FailuresAsync()).GetProperty("inDoubt").EnumerateArray().ToList();
        var again = entries.First(e => e.GetRawText().Contains("HF-second", StringComparison.Ordinal));

        foreach (var entry in entries)
        {
            var decision =
                entry.GetProperty("id").GetString() == again.GetProperty("id").GetString() ? "again" : "sent";
            using var response = await PostAsync(
                $"api/manage/recover/{entry.GetProperty("id").GetString()}/{decision}",
                new { by = "Maya", note = "compared with the provider's list" }
            );
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
        await Host.PumpAsync();
        await RecoverAsync();

        Assert.Equal(sent + 1, Host.Outbox.Sent.Count);
        Assert.Empty((await FailuresAsync()).GetProperty("inDoubt").EnumerateArray());
    }

    private async Task<List<(string Table, TableEntity Row)>> UntilBackupAsync()
    {
        await PostInvoiceAsync(Invoice("HF-first", due: "2026-03-12", customer: WithAll("birch", 1)));
        await PostInvoiceAsync(Invoice("HF-second", due: "2026-03-10", customer: WithAll("cedar", 2)));
        await PostInvoiceAsync(Invoice("HF-third", due: "2026-03-03", customer: WithAll("elm", 3)));
        await PostInvoiceAsync(Invoice("HF-call", due: "2026-02-24", customer: WithAll("fir", 4)));
        await PostInvoiceAsync(Invoice("HF-held", due: "2026-03-10", customer: WithAll("hazel", 5)));
        await PostInvoiceAsync(Invoice("HF-paid", due: "2026-03-10", customer: WithAll("larch", 6)));
        await PostInvoiceAsync(Invoice("HF-york", due: "2026-03-09", customer: WithAll("york", 7, "America/New_York")));
        for (var i = 0; i < 12; i++)
            await PostInvoiceAsync(Invoice($"HF-many-{i}", due: "2026-03-10", customer: WithAll("oak", 8)));
        await AdvanceDailyAsync("2026-03-02", "2026-03-15");
        var held = await Http.GetFromJsonAsync<JsonElement>("api/invoices?externalId=HF-held");
        await ChangeAsync(held.GetProperty("id").GetString()!, "hold", new { reason = "a call", until = "2026-03-25" });
        await AdvanceToAsync("2026-03-16T09:00Z");
        // New York's morning: planned, in the backup, and sent after it.
        Host.Clock.SetTo(At(Backup));
        await PlanAsync();
        return await RowsAsync();
    }

    private async Task UntilRestoreAsync()
    {
        await Host.PumpAsync();
        Host.Clock.SetTo(At("2026-03-17T08:00Z"));
        var held = await Http.GetFromJsonAsync<JsonElement>("api/invoices?externalId=HF-held");
        await ChangeAsync(held.GetProperty("id").GetString()!, "resume", new { reason = "agreed" });
        await PostInvoiceAsync(Late());
        await AdvanceToAsync("2026-03-17T09:00Z");
        await StripeAsync(Paid("HF-paid", 11900));
        await AdvanceToAsync("2026-03-17T10:00Z");
        await AdvanceToAsync(Restore);
        await foreach (var row in Book().QueryAsync<TableEntity>())
        {
            if (row.RowKey.StartsWith("h_", StringComparison.Ordinal))
                _beforeRestore.Add(Rows.Read<SentMessage>(row));
        }
    }

    /// <summary>What docs/operations.md asks for before the start.</summary>
    private async Task RepeatWhatCameSinceAsync()
    {
        await PostInvoiceAsync(Late());
        await StripeAsync(Paid("HF-paid", 11900));
        await Host.PumpAsync();
    }

    private static object Late() => Invoice("HF-late", due: "2026-03-04", customer: WithAll("maple", 9));

    private static object WithAll(string id, int number, string zone = "Europe/London") =>
        Customer(
            id,
            $"pay@{id}.example",
            $"+44770090000{number}",
            zone,
            contacts:
            [
                new
                {
                    name = "Head",
                    email = $"head@{id}.example",
                    role = "management",
                },
            ]
        );

    private async Task<JsonElement> StartAsync(bool confirm)
    {
        using var response = await PostAsync(
            "api/manage/start",
            new
            {
                by = "Maya",
                reason = "compared with the providers",
                confirm,
            }
        );
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private Task<JsonElement> FailuresAsync() => Http.GetFromJsonAsync<JsonElement>("api/manage/recover");

    private async Task<List<string>> InDoubtAsync() =>
        [.. (await FailuresAsync()).GetProperty("inDoubt").EnumerateArray().Select(e => e.GetRawText())];

    private TableClient Book() => Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);

    private async Task<List<(string Table, TableEntity Row)>> RowsAsync()
    {
        List<(string, TableEntity)> rows = [];
        var storage = Host.Services.GetRequiredService<TableServiceClient>();
        foreach (var table in Tables.All)
        {
            await foreach (var row in storage.GetTableClient(table).QueryAsync<TableEntity>())
            {
                row.Remove("odata.etag");
                row.Remove("Timestamp");
                rows.Add((table, row));
            }
        }
        return rows;
    }

    private async Task RestoreAsync(List<(string Table, TableEntity Row)> backup, bool stopped)
    {
        var storage = Host.Services.GetRequiredService<TableServiceClient>();
        foreach (var (table, row) in await RowsAsync())
            await storage.GetTableClient(table).DeleteEntityAsync(row.PartitionKey, row.RowKey);
        // As infra/book.cs writes it: see BookTests.
        var stop = new JsonObject
        {
            ["isStop"] = true,
            ["at"] = Restore,
            ["by"] = "infra/book.cs",
            ["reason"] = "restored",
        };
        var state = new JsonObject { ["changes"] = new JsonArray(stop), ["restoredFrom"] = Backup };
        if (stopped)
            await Book().AddEntityAsync(new TableEntity("config", "sending") { ["Json"] = state.ToJsonString() });
        foreach (var (table, row) in backup)
            await storage.GetTableClient(table).AddEntityAsync(row);
    }

    /// <summary>
    /// What the providers accepted more than once, by invoice, step and channel; two messages of one notice count as
    /// well.
    /// </summary>
    private async Task<List<string>> SentTwiceAsync()
    {
        var notices = _beforeRestore.Select(m => m.Notice).ToList();
        await foreach (var row in Book().QueryAsync<TableEntity>())
        {
            if (row.RowKey.StartsWith("h_", StringComparison.Ordinal))
                notices.Add(Rows.Read<SentMessage>(row).Notice);
        }
        return
        [
            .. Host
                .Outbox.Sent.SelectMany(item => Lines(notices.First(n => IsOf(item, n))).Select(line => (line, item)))
                .GroupBy(sent => sent.line, sent => sent.item)
                .Where(line => line.Count() > 1)
                .Select(line =>
                    $"{line.Key} at {string.Join(", ", line.Select(i => $"{i.SentAt:MM-dd HH:mm} {(i as SentEmail)?.To[0]}"))}"
                ),
        ];

        static IEnumerable<string> Lines(Notice notice) =>
            notice.Lines.Select(l => $"{notice.CustomerId} {l.InvoiceId} {l.Step} {notice.Channel} {KindOf(notice)}");

        static string KindOf(Notice notice) => notice.IsReminder ? "reminder" : $"{notice.Tone} {notice.FollowUp}";

        static bool IsOf(SentItem item, Notice notice) =>
            item is SentSms sms
                ? HttpUtility.ParseQueryString(sms.StatusCallback!.Query)["notice"] == notice.Id.Value
                    && HttpUtility.ParseQueryString(sms.StatusCallback.Query)["customer"] == notice.CustomerId.Value
                : string.Equals(item.Id, notice.OperationId.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
