using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Tests.Dashboard;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// An owner answers what customers wrote. Due Monday 16 March 2026: reminders on the 19th and the 23rd.
/// </summary>
[Trait("Category", "Long")]
public sealed class AnsweredReplies : DashboardScenario
{
    private const string Tom = "Tom Amber <tom@amberley.example>";
    private const string Number = "+447700900123";

    [Fact]
    public async Task The_customer_gets_the_answer_in_its_own_thread_and_reminders_go_on()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-18", "2026-03-19");
        var reminder = Emails.Last().Headers["Message-ID"];
        await ReceiveMailAsync(Message(Tom, "Which order was that?", reminder, subject: "Re: HF-1"));
        await AdvanceDailyAsync("2026-03-20", "2026-03-24");

        using var answered = await AnswerAsync(await FollowUpRouteAsync(), "It was order 7.\n\nYours, Maya");
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.Accepted, answered.StatusCode);
        var answer = Emails.Last();
        Assert.Equal(("tom@amberley.example", "Re: HF-1"), (answer.To[0].Trim('<', '>'), answer.Subject));
        Assert.Equal("<1@amberley.example>", answer.Headers["In-Reply-To"]);
        Assert.Equal($"{reminder} <1@amberley.example>", answer.Headers["References"]);
        Assert.False(answer.Headers.ContainsKey("Auto-Submitted"));
        Assert.StartsWith(
            "It was order 7.\n\nYours, Maya",
            answer.Plain!.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains("answered", await EventsAsync(id));
        Assert.Empty(await OpenFollowUpsAsync());
        await AdvanceToAsync("2026-03-25T09:00Z");
        Assert.Contains("HF-1", Emails.Last().Plain, StringComparison.Ordinal);
        Assert.NotEqual(answer, Emails.Last());
    }

    [Fact]
    public async Task An_answer_that_is_sent_twice_arrives_once()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveMailAsync(Message(Tom, "Hello"));
        var route = await FollowUpRouteAsync();
        await Host.PumpAsync();
        var before = Emails.Count();

        (await AnswerAsync(route, "Good day", "one")).Dispose();
        (await AnswerAsync(route, "Good day", "one")).Dispose();
        await Host.PumpAsync();
        Assert.Equal(before + 1, Emails.Count());
        (await AnswerAsync(route, "And one more thing", "two")).Dispose();
        await Host.PumpAsync();

        Assert.Equal(before + 2, Emails.Count());
    }

    [Fact]
    public async Task An_answer_that_does_not_arrive_waits_for_another_one()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveMailAsync(Message(Tom, "Which order was that?"));
        (await AnswerAsync(await FollowUpRouteAsync(), "It was order 7.")).Dispose();
        await Host.PumpAsync();
        Assert.Empty(await OpenFollowUpsAsync());

        var bounce = Bounce(Emails.Last().Headers["Message-ID"], "failed", "4.4.7");
        await ReceiveMailAsync(bounce);

        Assert.Single(await OpenFollowUpsAsync());
        using var browser = await SignInAsync();
        var page = await browser.GetStringAsync($"{Home}/customers/{id.Split('-')[0]}");
        Assert.Contains("This answer did not arrive.", page, StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-18", "2026-03-24");
        Assert.Single(LettersTo("tom@amberley.example"));

        (await AnswerAsync(await FollowUpRouteAsync(), "It was order 7.", "key-2")).Dispose();
        await Host.PumpAsync();
        await ReceiveMailAsync(bounce);
        Assert.Empty(await OpenFollowUpsAsync());
        await AdvanceDailyAsync("2026-03-25", "2026-03-26");
        Assert.Contains("HF-1", LettersTo("tom@amberley.example")[^1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_may_not_be_sent_any_more_waits_for_another_one()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await ReceiveTextAsync(Number, "Who is this?");
        (await AnswerAsync(await FollowUpRouteAsync(), "Harbour & Finch")).Dispose();

        await ReceiveTextAsync(Number, "STOP");
        await Host.PumpAsync();

        Assert.Empty(SmsMessages);
        Assert.Single(await OpenFollowUpsAsync());
    }

    [Fact]
    public async Task Whoever_wrote_by_SMS_gets_an_SMS()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await ReceiveTextAsync(Number, "Who is this?");

        (await AnswerAsync(await FollowUpRouteAsync(), "Harbour & Finch")).Dispose();
        await Host.PumpAsync();

        Assert.Equal((Number, "Harbour & Finch"), (SmsMessages.Single().To, SmsMessages.Single().Body));
    }

    [Fact]
    public async Task No_link_and_no_number_to_call_goes_to_Malaysia()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+60123456789", country: "MY")));
        await ReceiveTextAsync("+60123456789", "Who is this?");
        var route = await FollowUpRouteAsync();

        using var refused = await AnswerAsync(route, "Harbour & Finch, see harbour.example.com", "one");
        using var accepted = await AnswerAsync(route, "Harbour & Finch, invoice HF-1", "two");
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("#/text", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Harbour & Finch, invoice HF-1", SmsMessages.Single().Body);
    }

    [Fact]
    public async Task A_strangers_message_is_answered_once_a_person_says_whose_it_is()
    {
        var id = await PostInvoiceAsync(Invoice("HF-2026-1"));
        await ReceiveMailAsync(Message("who@elsewhere.example", "I pay HF-2026-1 soon"));
        var route = await FollowUpRouteAsync();
        Assert.EndsWith("/assign", route, StringComparison.Ordinal);
        using var tooEarly = await AnswerAsync(route.Replace("/assign", "/answer", StringComparison.Ordinal), "Thanks");

        using var assigned = await PostAsync(route, new { customer = id.Split('-')[0] });
        (await AnswerAsync(await FollowUpRouteAsync(), "Thanks")).Dispose();
        await Host.PumpAsync();

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (tooEarly.StatusCode, assigned.StatusCode));
        Assert.Contains(Emails, mail => mail.To[0].Contains("who@elsewhere.example", StringComparison.Ordinal));
        Assert.Single(await ReceivedRepliesAsync());
    }

    [Fact]
    public async Task Bad_input_is_refused_and_the_field_is_named()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await ReceiveTextAsync(Number, "Who is this?");
        await ReceiveMailAsync(Message("who@elsewhere.example", "Hello", id: "<9@e>"));
        var route = (await RoutesAsync()).Single(one => one.EndsWith("/answer", StringComparison.Ordinal));
        var assign = (await RoutesAsync()).Single(one => one.EndsWith("/assign", StringComparison.Ordinal));

        Assert.Equal((422, "#/text"), await RefusedAsync(route, new { by = "Maya" }));
        Assert.Equal((422, "#/by"), await RefusedAsync(route, new { text = "Hello" }));
        Assert.Equal((422, "#/text"), await RefusedAsync(route, new { by = "Maya", text = new string('x', 601) }));
        Assert.Equal(
            (422, "#/who"),
            await RefusedAsync(
                route,
                new
                {
                    by = "Maya",
                    text = "x",
                    who = "x",
                }
            )
        );
        Assert.Equal(
            (404, null),
            await RefusedAsync(route.Replace("/SM", "/XX", StringComparison.Ordinal), new { by = "M", text = "x" })
        );
        Assert.Equal(
            (404, null),
            await RefusedAsync("api/manage/replies/c_x/SM1/answer", new { by = "M", text = "x" })
        );
        Assert.Equal((422, "#/customer"), await RefusedAsync(assign, new { customer = "nobody" }));
        Assert.Equal((422, "#/customer"), await RefusedAsync(assign, new { }));
        Assert.Equal(
            (404, null),
            await RefusedAsync("api/manage/replies/nobody/m1/assign", new { customer = id.Split('-')[0] })
        );
        using var keyless = await PostAsync(route, new { by = "Maya", text = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, keyless.StatusCode);
    }

    [Fact]
    public async Task An_attachment_is_saved_and_never_shown_and_goes_with_the_customer()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveMailAsync(
            Message(
                Tom,
                Multipart(
                    "Content-Type: text/plain\r\n\r\nreceipt attached",
                    Attachment("receipt.html", "<script>alert(1)</script>", "text/html")
                ),
                type: MixedType
            )
        );
        var route = (await FollowUpRouteAsync()).Replace("/answer", "/files/", StringComparison.Ordinal);
        using var file = await Http.GetAsync(route + "1");
        using var whole = await Http.GetAsync(route + "0");
        using var none = await Http.GetAsync(route + "2");

        Assert.Equal("<script>alert(1)</script>", (await file.Content.ReadAsStringAsync()).Trim());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains(
            "sandbox",
            file.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Contains("receipt attached", await whole.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await PayAsync(id, "119.00", "2026-03-02");
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}");
        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync());
        using var gone = await Http.GetAsync(route + "1");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.DoesNotContain(
            "receipt attached",
            await StorageText.ReadAsync(
                Host.Services.GetRequiredService<TableServiceClient>(),
                Host.Services.GetRequiredService<BlobServiceClient>()
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_owner_answers_on_the_page_and_sees_the_thread()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveMailAsync(Message(Tom, "Is <script>alert(1)</script> you?", subject: "<b>hello</b>"));
        using var browser = await SignInAsync();
        var todo = await browser.GetStringAsync($"{Home}/todo");
        Assert.Contains("&lt;script&gt;alert(1)", todo, StringComparison.Ordinal);
        var customer = id.Split('-')[0];
        var reply = (await FollowUpRouteAsync()).Split('/')[4];

        Assert.Contains($"do/answer/{customer}.{reply}", todo, StringComparison.Ordinal);
        var form = await browser.GetStringAsync($"{Home}/do/answer/{customer}.{reply}");
        Assert.Contains("&lt;script&gt;alert(1)", form, StringComparison.Ordinal);
        (await AnswerAsync(await FollowUpRouteAsync(), "It is <i>me</i>")).Dispose();

        var page = await browser.GetStringAsync($"{Home}/customers/{customer}");
        Assert.Contains("&lt;b&gt;hello", page, StringComparison.Ordinal);
        Assert.Contains("It is &lt;i&gt;me", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page + todo + form, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AnswerAsync(string route, string text, string key = "key-1") =>
        PostAsync(route, new { by = "Maya", text }, ("Idempotency-Key", key));

    private async Task<(int, string?)> RefusedAsync(string route, object body)
    {
        using var response = await PostAsync(route, body, ("Idempotency-Key", Guid.NewGuid().ToString()));
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        var pointer = problem.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("pointer").GetString()
            : null;
        return ((int)response.StatusCode, pointer);
    }

    private async Task<string> FollowUpRouteAsync() => (await RoutesAsync()).Single();

    /// <summary>The requests that resolve what waits.</summary>
    private async Task<IReadOnlyList<string>> RoutesAsync() =>
        [
            .. (await OpenFollowUpsAsync()).Select(item =>
                item.GetProperty("resolve").GetString()!.Replace("POST /", "", StringComparison.Ordinal)
            ),
        ];
}
