using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Dunning.Local.MailViewer;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Every message is kept as it was given to the provider. £119, due on Monday 16 March 2026, so that the first reminder
/// is due on the 19th.
/// </summary>
[Trait("Category", "Long")]
public sealed class ArchivedMessages : Scenario
{
    private const string Phone = "+447700900123";
    private readonly FailingStorageTransport _blobs = new();

    protected override void ReplaceServices(IServiceCollection services) => _blobs.UseForBlobs(services);

    [Fact]
    public async Task The_messages_of_an_invoice_are_what_the_providers_got()
    {
        object[] contacts =
        [
            new
            {
                name = "Zoë, the \"boss\"",
                email = "zoe@amberley.example",
                role = "management",
            },
        ];
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Phone, contacts: contacts)));
        await AdvanceDailyAsync("2026-03-17", "2026-04-03");

        var sent = (await SentEventsAsync(id)).ToList();
        var archived = new List<JsonElement>();
        foreach (var notice in sent.Select(e => e.GetProperty("notice").GetString()!).Distinct())
            archived.AddRange((await ReadAsync(id, notice)).EnumerateArray());

        Assert.Equal(Host.Outbox.Sent.Count, archived.Count);
        Assert.Equal(sent.Count, archived.Count);
        Assert.True(Emails.Count() > 2 && SmsMessages.Any());
        Assert.NotEmpty(LettersTo("zoe@amberley.example"));
        foreach (var provided in Host.Outbox.Sent)
            AssertSame(
                provided,
                Assert.Single(
                    archived.Select(message => message.GetProperty("content")),
                    content => Text(content, "text") == (provided as SentSms)?.Body + (provided as SentEmail)?.Plain
                )
            );
        Assert.All(
            archived,
            message => Assert.Equal(id, message.GetProperty("invoices").EnumerateArray().Single().GetString())
        );
        Assert.Equal(archived.Count, (await BlobsAsync()).Count);
    }

    [Fact]
    public async Task The_event_of_each_invoice_names_the_message_that_names_it()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2"));
        var other = await PostInvoiceAsync(Invoice("HF-3", customer: Customer("bright", "ap@bright.example")));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var names = new List<string>();
        foreach (var id in new[] { one, two, other })
            names.Add(
                Assert.Single(await SentEventsAsync(id)).GetProperty("message").GetProperty("archivedAs").GetString()!
            );

        Assert.Equal(names[0], names[1]);
        Assert.NotEqual(names[0], names[2]);
        var message = (await Archive.ReadAsync(names[0], CancellationToken.None))!;
        Assert.Equal(new[] { one, two }.Select(id => id.Split('-')[1]).Order(), message.InvoiceIds.Order());
        Assert.Equal(
            ("HF-3", "<ap@bright.example>"),
            (
                Find((await Archive.ReadAsync(names[2], CancellationToken.None))!.Content.Text, "HF-3"),
                Find((await Archive.ReadAsync(names[2], CancellationToken.None))!.Content.To[0], "<ap@bright.example>")
            )
        );
    }

    [Fact]
    public async Task What_cannot_be_archived_is_not_sent_and_is_sent_once_later()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Phone), due: "2026-03-10"));
        _blobs.Fail();
        await AdvanceToAsync("2026-03-17T09:00Z");
        await AdvanceToAsync("2026-03-17T09:30Z");

        Assert.Empty(Host.Outbox.Sent);
        Assert.Equal(2, (await EventsAsync(id)).Count(kind => kind == "postponed"));
        Assert.Contains(
            "The archive did not store it",
            await Http.GetStringAsync($"api/invoices/{id}"),
            StringComparison.Ordinal
        );

        _blobs.Restore();
        await AdvanceToAsync("2026-03-17T11:00Z");
        await RecoverAsync();
        await AdvanceToAsync("2026-03-17T13:00Z");

        Assert.Equal((1, 1), (Emails.Count(), SmsMessages.Count()));
        Assert.Equal(2, (await BlobsAsync()).Count);
        Assert.Equal(2, (await SentEventsAsync(id)).Count());
    }

    [Fact]
    public async Task A_message_that_was_not_accepted_is_not_kept()
    {
        ExpectedWarnings.Add("All sending is stopped");
        var notice = await PlanOneAsync();

        await DeliverAsync(
            notice,
            async () =>
            {
                using var stopped = await PostAsync("api/manage/stop", new { by = "Maya", reason = "wrong texts" });
            },
            () => throw new InvalidOperationException("Nothing may be sent.")
        );

        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task A_message_that_the_provider_confirms_later_is_found_by_the_event_of_the_confirmation()
    {
        var notice = await PlanOneAsync();
        await Assert.ThrowsAsync<TimeoutException>(() =>
            DeliverAsync(notice, () => Task.CompletedTask, () => throw new TimeoutException())
        );
        Host.Outbox.Add(
            new SentEmail
            {
                Id = notice.OperationId.ToString(),
                SentAt = Host.Clock.GetUtcNow(),
                From = "x@x.example",
                To = ["tom@amberley.example"],
                Subject = "Reminder: invoice HF-1",
            }
        );
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();

        var id = $"{notice.CustomerId}-{notice.Lines[0].InvoiceId}";
        Assert.Equal("confirmedByProvider", Assert.Single(await SentEventsAsync(id)).GetProperty("reason").GetString());
        var message = Assert.Single((await ReadAsync(id, notice.Id.Value)).EnumerateArray());
        Assert.Equal("Hello", message.GetProperty("content").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Each_attempt_has_its_own_message()
    {
        var notice = await PlanOneAsync();
        await Assert.ThrowsAsync<TimeoutException>(() =>
            DeliverAsync(notice, () => Task.CompletedTask, () => throw new TimeoutException())
        );
        var first = Assert.Single(await BlobsAsync());
        // The provider never accepted it.
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        await RecoverAsync();

        Assert.Single(Emails);
        Assert.NotEqual(first, Assert.Single(await BlobsAsync()));
    }

    [Fact]
    public async Task After_a_merge_the_messages_are_found_by_either_id_and_erased_with_the_customer_that_stayed()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var notice = Assert.Single(await SentEventsAsync(old)).GetProperty("notice").GetString()!;
        var other = await PostInvoiceAsync(Invoice("HF-2", due: "2026-06-01"));
        using var merged = await PostAsync(
            $"api/manage/customers/{old.Split('-')[0]}/merge",
            new
            {
                into = other.Split('-')[0],
                by = "Ann",
                reason = "one firm",
            }
        );
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
        var moved = $"{other.Split('-')[0]}-{old.Split('-')[1]}";

        Assert.Equal((await ReadAsync(old, notice)).GetRawText(), (await ReadAsync(moved, notice)).GetRawText());
        Assert.Equal(moved, (await ReadAsync(old, notice))[0].GetProperty("invoices")[0].GetString());

        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(other)}?force=true");
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Empty(await BlobsAsync());
        Assert.Equal((404, "message-erased"), await MissingAsync(moved, notice));
    }

    [Fact]
    public async Task What_is_not_there_is_answered_with_the_reason()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var notice = Assert.Single(await SentEventsAsync(id)).GetProperty("notice").GetString()!;
        foreach (var name in await BlobsAsync())
            await Archive.DeleteAsync(name, CancellationToken.None);

        Assert.Equal((404, "not-found"), await MissingAsync("c0000000000000000-i0000000000000000", notice));
        Assert.Equal((404, "not-found"), await MissingAsync("HF-1", notice));
        Assert.Equal((404, "message-unknown"), await MissingAsync(id, "20260319090000-sms"));
        Assert.Equal((404, "message-missing"), await MissingAsync(id, notice));
    }

    private static void AssertSame(SentItem provided, JsonElement content)
    {
        if (provided is SentSms sms)
        {
            Assert.Equal(
                (sms.From, sms.To, sms.Body),
                (Text(content, "from"), content.GetProperty("to")[0].GetString(), Text(content, "text"))
            );
            return;
        }
        var mail = (SentEmail)provided;
        Assert.Equal(
            (mail.Subject, mail.Html, mail.Plain),
            (Text(content, "subject"), Text(content, "html"), Text(content, "text"))
        );
        Assert.Equal(mail.To, Texts(content, "to"));
        Assert.Equal(mail.Cc, Texts(content, "cc"));
        Assert.Equal(mail.ReplyTo, [Text(content, "replyTo")!]);
        Assert.Contains(mail.From, Text(content, "from"), StringComparison.Ordinal);
        Assert.Equal(
            mail.Headers.Where(header => !header.Key.StartsWith("x-ms-", StringComparison.Ordinal)).Order(HeaderOrder),
            content
                .GetProperty("headers")
                .EnumerateObject()
                .Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!))
                .Order(HeaderOrder)
        );
    }

    private static Comparer<KeyValuePair<string, string>> HeaderOrder { get; } =
        Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private static string? Text(JsonElement content, string name) =>
        content.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static IEnumerable<string?> Texts(JsonElement content, string name) =>
        content.GetProperty(name).EnumerateArray().Select(text => text.GetString());

    private static string? Find(string text, string part) =>
        text.Contains(part, StringComparison.Ordinal) ? part : null;

    private MessageArchive Archive => Host.Services.GetRequiredService<MessageArchive>();

    private Task<JsonElement> ReadAsync(string id, string notice) =>
        Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/messages/{notice}");

    private async Task<(int Status, string Type)> MissingAsync(string id, string notice)
    {
        using var answer = await Http.GetAsync($"api/invoices/{id}/messages/{notice}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)answer.StatusCode, problem.GetProperty("type").GetString()!.Split(':')[^1]);
    }

    private async Task<IEnumerable<JsonElement>> SentEventsAsync(string id) =>
        (await GetInvoiceAsync(id))
            .GetProperty("events")
            .EnumerateArray()
            .Where(e => e.GetProperty("kind").GetString() == "sent");

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        List<string> names = [];
        var container = Host.Services.GetRequiredService<BlobServiceClient>();
        await foreach (var blob in container.GetBlobContainerClient(Containers.SentMessages).GetBlobsAsync())
            names.Add(blob.Name);
        return names;
    }

    private async Task<Notice> PlanOneAsync()
    {
        Assert.True(InvoiceId.TryParse(await PostInvoiceAsync(Invoice("HF-1")), out var id));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ClearQueueAsync(Queues.EmailNotices);
        return Assert.Single((await Table.ReadAsync(id.Customer, CancellationToken.None))!.Notices).Value;
    }

    private Task DeliverAsync(Notice notice, Func<Task> beforeClaim, Func<Task> send) =>
        Host
            .Services.GetRequiredService<NoticeDelivery>()
            .DeliverAsync(
                new NoticeReady(notice.CustomerId, notice.Id),
                new ScriptedChannel(_ => beforeClaim(), _ => send()),
                CancellationToken.None
            );
}
