using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Customers reply to SMS. Due Monday 16 March 2026: reminders on the 19th (email, or SMS without an email address) and
/// the 23rd (both).
/// </summary>
public sealed class Replies : Scenario
{
    private const string Number = "+447700900123";

    [Fact]
    public async Task Stop_ends_SMS_and_is_recorded_and_emails_continue()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await AdvanceDailyAsync("2026-03-19", "2026-03-23");
        Assert.Single(SmsMessages);
        Assert.Equal("<Response />", await ReceiveTextAsync(Number, "Stop"));

        await AdvanceDailyAsync("2026-03-24", "2026-03-30");

        Assert.Single(SmsMessages);
        Assert.Equal(3, Emails.Count(e => e.To[0].Contains("tom@amberley", StringComparison.Ordinal)));
        Assert.Contains("optedOut", await EventsAsync(id));
        var optOut = Assert.Single((await CustomerAsync(id)).OptOuts);
        Assert.Equal((Number, "Stop"), (optOut.Number, optOut.Text));
    }

    [Fact]
    public async Task Stop_between_planning_and_sending_stops_that_very_text()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Number)));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ReceiveTextAsync(Number, "STOP");
        await Host.PumpAsync();

        Assert.Empty(SmsMessages);
    }

    [Fact]
    public async Task Who_can_be_reached_no_other_way_is_a_task_and_start_brings_the_texts_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Number)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "sms" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReceiveTextAsync(Number, "BERHENTI");
        await Host.PumpAsync();
        Assert.Contains("no more text messages", Assert.Single(Emails).Plain, StringComparison.Ordinal);
        Assert.Equal("needsContact", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-20", "2026-03-24");
        Assert.Single(SmsMessages);

        await ReceiveTextAsync(Number, "start");
        await AdvanceToAsync("2026-03-25T09:00Z");

        Assert.Equal(2, SmsMessages.Count());
        Assert.Contains("optedIn", await EventsAsync(id));
    }

    [Fact]
    public async Task A_number_that_several_customers_share_is_stopped_for_all()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        var other = await PostInvoiceAsync(
            Invoice(
                "HF-2",
                customer: Customer(
                    id: "bright",
                    email: "amy@bright.example",
                    contacts: [new { name = "Tom", phone = Number }]
                )
            )
        );
        await ReceiveTextAsync(Number, "STOP");

        Assert.All([one, other], id => Assert.True(CustomerAsync(id).Result.HasOptedOut(Number)));
    }

    [Fact]
    public async Task Help_is_answered_with_a_contact_and_a_local_stop_word_with_our_confirmation()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));

        var help = await ReceiveTextAsync(Number, "help");
        Assert.Contains("<Message>Harbour &amp; Finch Ltd: ", help, StringComparison.Ordinal);
        Assert.Contains("accounts@harbourfinch.example", help, StringComparison.Ordinal);
        Assert.Contains("no more texts", await ReceiveTextAsync(Number, "Afmeld"), StringComparison.Ordinal);
        Assert.DoesNotContain("7946", await ReceiveTextAsync("+60123456789", "help"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_reply_is_stored_and_a_person_gets_one_follow_up()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        Host.Clock.SetTo(At("2026-03-19T08:00Z"));
        foreach (var _ in new[] { "first", "again" })
            await ReceiveTextAsync(Number, "I paid last Friday", "SM7");
        await Host.PumpAsync();

        var task = Assert.Single(Emails);
        Assert.Contains("maya@harbourfinch.example", task.To[0], StringComparison.Ordinal);
        Assert.Contains("I paid last Friday", task.Plain, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(id), "replied");
    }

    [Fact]
    public async Task A_message_from_an_unknown_number_is_stored()
    {
        await ReceiveTextAsync("+4915112345678", "Who is this?");

        var reply = Assert.Single((await Http.GetFromJsonAsync<JsonElement>("api/manage/replies")).EnumerateArray());
        Assert.Equal(
            ("Who is this?", "+4915112345678"),
            (reply.GetProperty("body").GetString(), reply.GetProperty("from").GetString())
        );
    }

    [Fact]
    public async Task What_Twilio_has_not_signed_is_refused()
    {
        using var unsigned = await Http.PostAsync(
            "api/twilio/messages",
            new FormUrlEncodedContent([new("MessageSid", "SM1"), new("From", Number), new("Body", "STOP")])
        );
        using var noForm = await Http.PostAsJsonAsync("api/twilio/messages", new { Body = "STOP" });
        using var large = await Http.PostAsync("api/twilio/messages", new ByteArrayContent(new byte[64 * 1024 + 1]));

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge),
            (unsigned.StatusCode, noForm.StatusCode, large.StatusCode)
        );
    }

    private async Task<Customer> CustomerAsync(string invoiceId) =>
        (await Table.ReadAsync(new CustomerId(invoiceId.Split('-')[0]), CancellationToken.None))!.Customer.Value;
}
