using System.Net;
using System.Text.Json;
using Dunning.Payments.Providers.Stripe;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>£119, due Monday 16 March 2026; the first reminder is planned on Thursday 19 March.</summary>
public sealed class Payments : Scenario
{
    [Fact]
    public async Task Paid_between_planning_and_sending_gets_no_reminder_but_a_thank_you()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        Assert.Contains("planned", await EventsAsync(id));

        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();

        Assert.Equal("Thank you for your payment: invoice HF-1", Assert.Single(Emails).Subject);
        Assert.Equal("settled", await StateAsync(id));
        Assert.Contains("notSent", await EventsAsync(id));
    }

    [Fact]
    public async Task A_payment_that_was_accepted_and_not_applied_yet_stops_the_reminder_too()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();

        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync(only: Queues.EmailNotices);

        Assert.Empty(Emails);
        Assert.Equal(
            "a payment has been reported and is being applied",
            (await GetInvoiceAsync(id)).GetProperty("whyNotDemanded").GetString()
        );
    }

    [Fact]
    public async Task A_payment_that_was_on_its_way_and_failed_costs_no_step()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await StripeAsync(
            StripeEvent(
                "payment_intent.processing",
                new
                {
                    id = "pi_1",
                    @object = "payment_intent",
                    amount = 11900,
                    currency = "gbp",
                    metadata = new { invoice_number = "HF-1" },
                }
            )
        );
        await Host.PumpAsync();
        Assert.Empty(Emails);

        Host.Clock.SetTo(At("2026-03-20T15:00Z"));
        await StripeAsync(
            StripeEvent(
                "payment_intent.payment_failed",
                new
                {
                    id = "pi_1",
                    @object = "payment_intent",
                    amount = 11900,
                    currency = "gbp",
                    metadata = new { invoice_number = "HF-1" },
                }
            )
        );
        await Host.PumpAsync();
        await RunTimersAsync();

        Assert.Equal("Reminder: invoice HF-1", Assert.Single(Emails).Subject);
        Assert.Contains("notSent", await EventsAsync(id));
    }

    [Fact]
    public async Task After_a_part_payment_the_next_notice_asks_for_the_rest()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await StripeAsync(Paid("HF-1", 5000));
        await Host.PumpAsync();
        Assert.Equal("partPaid", await StateAsync(id));

        await AdvanceDailyAsync("2026-03-20", "2026-03-23");

        var next = Emails.Last();
        Assert.Contains("69.00", next.Plain!, StringComparison.Ordinal);
        Assert.Contains("50.00", next.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_twice_and_the_same_payment_under_another_event_count_once()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 5000));
        await StripeAsync(Paid("HF-1", 5000));
        await StripeAsync(
            StripeEvent(
                "checkout.session.completed",
                new
                {
                    id = "cs_1",
                    @object = "checkout.session",
                    payment_status = "paid",
                    amount_total = 5000,
                    currency = "gbp",
                    payment_intent = "pi_HF-1",
                    client_reference_id = "HF-1",
                }
            )
        );
        await Host.PumpAsync();

        Assert.Equal("69.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
    }

    [Fact]
    public async Task A_payment_before_its_invoice_waits_for_it()
    {
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        Assert.Contains("no invoice has the reference", await UnmatchedAsync(), StringComparison.Ordinal);

        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await Host.PumpAsync();

        Assert.Equal("settled", await StateAsync(id));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task A_chargeback_reopens_as_disputed_and_a_refund_on_hold()
    {
        var (charged, refunded) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("HF-1", 11900));
        await StripeAsync(Paid("HF-2", 11900));
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(charged));

        await StripeAsync(
            StripeEvent(
                "charge.dispute.funds_withdrawn",
                new
                {
                    id = "dp_1",
                    @object = "dispute",
                    amount = 11900,
                    currency = "gbp",
                    payment_intent = "pi_HF-1",
                }
            )
        );
        await StripeAsync(
            StripeEvent(
                "refund.created",
                new
                {
                    id = "re_1",
                    @object = "refund",
                    amount = 11900,
                    currency = "gbp",
                    payment_intent = "pi_HF-2",
                    status = "succeeded",
                }
            )
        );
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-16", "2026-03-31");

        Assert.Equal("disputed", await StateAsync(charged));
        Assert.Equal("onHold", await StateAsync(refunded));
        Assert.All(Emails, mail => Assert.StartsWith("Thank you", mail.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_money_and_money_in_another_currency_pay_nothing()
    {
        ExpectedWarnings.Add("A test event was sent to the live stripe endpoint");
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900, live: false, id: "test"));
        await StripeAsync(Paid("HF-1", 11900, currency: "eur", id: "euro"));
        await Host.PumpAsync();

        Assert.Equal("119.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
        Assert.Contains("never converted", await UnmatchedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("t=1,v1=00")]
    public async Task A_missing_or_wrong_signature_is_refused(string? signature)
    {
        using var answer = await WebhookAsync("{}"u8.ToArray(), signature);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_stale_timestamp_an_unknown_endpoint_and_a_large_body_are_refused()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Paid("HF-1", 11900));
        var now = Host.Clock.GetUtcNow();
        using var stale = await WebhookAsync(body, StripeSignature.Sign(StripeSecret, body, now.AddSeconds(-301)));
        using var unknown = await WebhookAsync(
            body,
            StripeSignature.Sign(StripeSecret, body, now),
            key: "local-stripe-endpoint-kez"
        );
        using var large = await WebhookAsync(new byte[1024 * 1024 + 1], "t=1,v1=00");

        Assert.Equal(HttpStatusCode.Unauthorized, stale.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task An_accepted_event_whose_message_was_lost_is_applied_all_the_same()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        await ClearQueueAsync(Queues.PaymentsReceived);

        Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await RecoverAsync();

        Assert.Equal("settled", await StateAsync(id));
    }

    [Fact]
    public async Task A_recorded_payment_needs_a_key_and_counts_once()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var payment = new
        {
            amount = "19.00",
            currency = "GBP",
            paymentId = "bank-1",
        };
        using var keyless = await PostAsync($"api/invoices/{id}/payments", payment);
        Assert.Equal(HttpStatusCode.BadRequest, keyless.StatusCode);

        using var first = await PostAsync($"api/invoices/{id}/payments", payment, ("Idempotency-Key", "k1"));
        using var again = await PostAsync($"api/invoices/{id}/payments", payment, ("Idempotency-Key", "k1"));
        using var other = await PostAsync(
            $"api/invoices/{id}/payments",
            payment with
            {
                amount = "20.00",
            },
            ("Idempotency-Key", "k1")
        );
        using var sameId = await PostAsync($"api/invoices/{id}/payments", payment, ("Idempotency-Key", "k2"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("100.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
    }
}
