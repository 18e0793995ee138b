using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Customers answer reminders by email; a provider posts what they write. Due Monday 16 March 2026: reminders on the
/// 19th, the 23rd and the 30th, at 09:00.
/// </summary>
[Trait("Category", "Long")]
public sealed class RepliesByMail : Scenario
{
    private const string Tom = "Tom Amber <tom@amberley.example>";
    private const string Endpoint = "api/inbound-mail/local-inbound-mail-key";

    [Fact]
    public async Task A_reply_an_hour_before_the_next_step_stops_it_and_is_listed_with_its_words()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var reminder = await RemindedAsync();
        Host.Clock.SetTo(At("2026-03-23T08:00Z"));

        await ReceiveMailAsync(
            Message(Tom, "The goods were broken.\r\n\r\nOn Thu, 19 Mar 2026, Maya wrote:\r\n> Hello", reminder)
        );
        await AdvanceDailyAsync("2026-03-23", "2026-03-31");

        Assert.Single(SentTo("tom@amberley"));
        var waiting = Assert.Single(await OpenFollowUpsAsync());
        Assert.Equal(("reply", "The goods were broken."), (Text(waiting, "kind"), Text(waiting, "text")));
        var reply = Assert.Single(await ReceivedRepliesAsync());
        Assert.Equal(
            ("email", "tom@amberley.example", "message", id.Split('-')[0]),
            (Text(reply, "channel"), Text(reply, "from"), Text(reply, "meaning"), Text(reply, "customerId"))
        );
        Assert.Contains("The goods were broken.", SentTo("maya@")[^1].Plain, StringComparison.Ordinal);
        Assert.Contains("replied", await EventsAsync(id));
    }

    [Fact]
    public async Task Of_three_invoices_that_a_reminder_named_the_one_that_the_reply_names_is_meant()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        var second = await PostInvoiceAsync(Invoice("HF-2"));
        await PostInvoiceAsync(Invoice("HF-3"));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(Message(Tom, "HF-2 is paid", reminder, id: "<1@a>"));
        await ReceiveMailAsync(Message(Tom, "which ones?", reminder, id: "<2@a>", subject: "Re: HF-1, HF-2, HF-3"));

        var replies = (await ReceivedRepliesAsync()).ToDictionary(reply => Text(reply, "body"), Invoices);
        Assert.Equal([second.Split('-')[1]], replies["HF-2 is paid"]);
        Assert.Equal(3, replies["which ones?"].Count);
    }

    [Fact]
    public async Task An_out_of_office_message_is_kept_and_stops_nothing()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(
            Message(Tom, "I am on the beach.", reminder, headers: ["Auto-Submitted: auto-replied", "Precedence: bulk"])
        );
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");

        Assert.Equal(2, SentTo("tom@amberley").Count);
        Assert.Equal("automatic", Text(Assert.Single(await ReceivedRepliesAsync()), "meaning"));
        Assert.Empty(await OpenFollowUpsAsync());
    }

    [Fact]
    public async Task A_bounce_that_comes_as_mail_counts_as_a_bounce()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(Bounce(reminder, "failed", "5.1.1"));

        Assert.Contains("notDelivered", await EventsAsync(id));
        Assert.Single(SmsMessages);
        Assert.Empty(await ReceivedRepliesAsync());
    }

    [Fact]
    public async Task A_message_that_the_server_still_tries_to_deliver_is_no_bounce()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(Bounce(reminder, "delayed", "4.4.1"));

        Assert.DoesNotContain("notDelivered", await EventsAsync(id));
        Assert.Equal("automatic", Text(Assert.Single(await ReceivedRepliesAsync()), "meaning"));
    }

    [Fact]
    public async Task Another_person_of_the_firm_is_recognised_by_the_thread_or_by_an_invoice_number()
    {
        await PostInvoiceAsync(Invoice("HF-2026-1"));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(Message("boss@holding.example", "We look into it.", reminder, id: "<1@h>"));
        await ReceiveMailAsync(Message("ann@amberley.example", "What is HF-2026-1 for?", id: "<2@a>"));
        await ReceiveMailAsync(Message(Tom, "a new message", id: "<3@a>", subject: "Question"));

        Assert.All(await ReceivedRepliesAsync(), reply => Assert.True(reply.TryGetProperty("customerId", out _)));
        Assert.Equal(3, (await ReceivedRepliesAsync()).Count);
    }

    [Fact]
    public async Task A_stranger_is_listed_with_a_suggestion_and_nobody_is_guessed()
    {
        var id = await PostInvoiceAsync(Invoice("HF-2026-1"));
        await RemindedAsync();

        await ReceiveMailAsync(Message("who@elsewhere.example", "I pay HF-2026-1 tomorrow", id: "<1@e>"));
        await ReceiveMailAsync(Message("tom.amber@gmail.com", "Hello, who are you?", id: "<2@g>"));
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");

        Assert.Equal(2, SentTo("tom@amberley").Count);
        var replies = await ReceivedRepliesAsync();
        Assert.All(replies, reply => Assert.False(reply.TryGetProperty("customerId", out _)));
        Assert.Equal(
            [id.Split('-')[0]],
            replies.SelectMany(reply => reply.GetProperty("suggestions").EnumerateArray()).Select(c => c.GetString())
        );
        Assert.Equal(["nothing", "nothing"], (await OpenFollowUpsAsync()).Select(item => Text(item, "holdsUp")));
    }

    [Fact]
    public async Task The_same_message_by_another_way_changes_nothing()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        var reminder = await RemindedAsync();
        var message = Message(Tom, "Hello", reminder);

        await ReceiveMailAsync(message);
        await ReceiveMailAsync(message);
        await ReceiveMailAsync("Received: from relay.example\r\n" + message);

        Assert.Single(await ReceivedRepliesAsync());
        Assert.Single(await OpenFollowUpsAsync());
    }

    [Fact]
    public async Task Our_own_message_on_its_way_back_is_no_reply()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveMailAsync(Message("Harbour & Finch <reminders@harbourfinch.example>", "Please pay", id: "<1@x>"));
        await ReceiveMailAsync(Message(Inbox, "I have answered him", id: "<2@x>"));

        Assert.Empty(await ReceivedRepliesAsync());
    }

    [Fact]
    public async Task A_plea_to_stop_pauses_and_the_task_says_so()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        var reminder = await RemindedAsync();

        await ReceiveMailAsync(Message(Tom, "STOP", reminder));
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");

        Assert.Single(SentTo("tom@amberley"));
        Assert.Contains("no more messages", SentTo("maya@")[^1].Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form", "email")]
    [InlineData("form", "body-mime")]
    [InlineData("multipart", "email")]
    [InlineData("multipart", "body-mime")]
    [InlineData("json", "RawEmail")]
    public async Task Each_provider_posts_in_its_own_way(string shape, string field)
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        var raw = Message(Tom, "Grüße", await RemindedAsync());
        using HttpContent content = shape switch
        {
            "form" => new FormUrlEncodedContent([new(field, raw), new("subject", "x")]),
            "multipart" => new MultipartFormDataContent
            {
                { new StringContent(raw), field },
                { new StringContent("x"), "y" },
            },
            _ => JsonContent.Create(new Dictionary<string, string> { [field] = raw, ["From"] = "x" }),
        };

        using var response = await Http.PostAsync(Endpoint, content);
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Grüße", Text(Assert.Single(await ReceivedRepliesAsync()), "body"));
    }

    [Fact]
    public async Task What_is_no_email_is_refused_and_the_field_is_named()
    {
        var form = new FormUrlEncodedContent([new("text", "hello")]);
        Assert.Equal((422, "#/email"), await RefusedAsync(form));
        Assert.Equal((422, "#/RawEmail"), await RefusedAsync(JsonContent.Create(new { From = "x" })));
        Assert.Equal((422, "#/RawEmail"), await RefusedAsync(JsonContent.Create(new { RawEmail = "hello" })));
        Assert.Equal((422, "#"), await RefusedAsync(new StringContent("{", Encoding.UTF8, "application/json")));
        Assert.Equal((422, "#"), await RefusedAsync(new StringContent("", Encoding.UTF8, "message/rfc822")));
        Assert.Equal((422, "#"), await RefusedAsync(new MultipartFormDataContent()));
        Assert.Equal(
            (422, "#/email"),
            await RefusedAsync(new MultipartFormDataContent { { new StringContent("x"), "text" } })
        );
        Assert.Equal((415, null), await RefusedAsync(new StringContent("hello")));
        Assert.Equal((413, null), await RefusedAsync(new ByteArrayContent(new byte[25 * 1024 * 1024 + 1])));
        using var wrongKey = await Http.PostAsync("api/inbound-mail/another-key-of-length", new StringContent("x"));
        Assert.Equal(HttpStatusCode.NotFound, wrongKey.StatusCode);
    }

    private async Task<(int, string?)> RefusedAsync(HttpContent content)
    {
        using (content)
        {
            using var response = await Http.PostAsync(Endpoint, content);
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            var pointer = problem.TryGetProperty("errors", out var errors) ? Text(errors[0], "pointer") : null;
            return ((int)response.StatusCode, pointer);
        }
    }

    /// <returns>The Message-ID of the first reminder.</returns>
    private async Task<string> RemindedAsync()
    {
        await AdvanceDailyAsync("2026-03-18", "2026-03-19");
        return Assert.Single(SentTo("tom@amberley")).Headers["Message-ID"];
    }

    private IReadOnlyList<SentEmail> SentTo(string address) =>
        [.. Emails.Where(mail => mail.To[0].Contains(address, StringComparison.Ordinal))];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IReadOnlyList<string> Invoices(JsonElement reply) =>
        [.. reply.GetProperty("invoiceIds").EnumerateArray().Select(id => id.GetString()!)];
}
