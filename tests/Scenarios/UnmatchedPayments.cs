using System.Net;
using System.Text.Json;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Scenarios;

/// <summary>Payments that cannot be matched, or only later.</summary>
public sealed class UnmatchedPayments : ProviderScenario
{
    private const string Link = """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","reference":"2026-0042"}}""";

    [Fact]
    public async Task A_payment_that_names_only_an_order_is_applied_when_the_invoice_of_that_order_is_known()
    {
        var id = await PostOpenInvoiceAsync();
        await DeliverAsync(
            SquareProvider.Name,
            """
            {"type":"payment.updated","event_id":"e1","created_at":"2026-01-05T09:00:00Z","data":{"object":{"payment":{"id":"P1","status":"COMPLETED","order_id":"O1","amount_money":{"amount":5000,"currency":"EUR"}}}}}
            """
        );
        await Host.PumpAsync();
        Assert.Contains("the event names no invoice", await UnmatchedAsync(), StringComparison.Ordinal);

        await DeliverAsync(
            SquareProvider.Name,
            """
            {"type":"invoice.scheduled_charge_failed","event_id":"e2","created_at":"2026-01-05T08:00:00Z","data":{"object":{"invoice":{"id":"inv:1","invoice_number":"2026-0042","order_id":"O1"}}}}
            """
        );
        await Host.PumpAsync();

        Assert.Equal("69.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task A_link_or_a_transaction_that_was_cancelled_cancels_no_debt()
    {
        var id = await PostOpenInvoiceAsync();
        await DeliverAsync(
            RazorpayProvider.Name,
            """
            {"event":"payment_link.cancelled","created_at":1767607871,"payload":{"payment_link":{"entity":{"id":"plink_1","reference_id":"2026-0042","currency":"EUR"}}}}
            """
        );
        await DeliverAsync(
            PaddleProvider.Name,
            """
            {"event_id":"evt_2","event_type":"transaction.canceled","occurred_at":"2026-01-05T09:00:00Z","data":{"id":"txn_2","invoice_number":"2026-0042","currency_code":"EUR"}}
            """
        );
        await Host.PumpAsync();

        Assert.Equal("open", await StateAsync(id));
        var events = (await GetInvoiceAsync(id)).GetProperty("events").ToString();
        Assert.Contains("the payment link was cancelled", events, StringComparison.Ordinal);
        Assert.Contains("the transaction was canceled", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_whose_reference_matches_two_invoices_marks_neither()
    {
        var first = await PostOpenInvoiceAsync();
        await DeliverAsync(ProviderSamplePaid());
        Assert.Equal("a payment has been reported and is being applied", await WhyNotDemandedAsync(first));

        var second = await PostOpenInvoiceAsync("bright", "another");
        await Host.PumpAsync();

        Assert.Contains("belongs to 2 invoices", await UnmatchedAsync(), StringComparison.Ordinal);
        Assert.NotEqual("a payment has been reported and is being applied", await WhyNotDemandedAsync(first));
        Assert.NotEqual("a payment has been reported and is being applied", await WhyNotDemandedAsync(second));
    }

    [Fact]
    public async Task While_the_provider_refuses_our_token_a_person_sees_it_and_the_retries_come_ever_more_rarely()
    {
        var (id, asked) = (await PostOpenInvoiceAsync(), 0);
        ApiHandler = _ =>
        {
            asked++;
            return (HttpStatusCode.Unauthorized, "");
        };
        await DeliverAsync(
            GoCardlessProvider.Name,
            """
            {"events":[{"id":"EV1","created_at":"2026-01-05T09:00:00.000Z","resource_type":"payments","action":"confirmed","links":{"payment":"PM1"},"resource_metadata":{"invoice_number":"2026-0042"}}]}
            """
        );
        await Host.PumpAsync();
        Assert.Contains("rejects the ApiToken (401)", await UnmatchedAsync(), StringComparison.Ordinal);

        for (var minute = 0; minute < 6 * 60; minute += 5)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(5));
            await RecoverAsync();
        }
        // Immediately, after 5 minutes, and then after 10, 20, 40, 80 and 160 more.
        Assert.InRange(asked, 6, 8);
        Assert.Equal("a payment has been reported and is being applied", await WhyNotDemandedAsync(id));

        ApiHandler = _ => (HttpStatusCode.OK, Link);
        Host.Clock.Advance(TimeSpan.FromHours(6));
        await RecoverAsync();
        Assert.Equal("settled", await StateAsync(id));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task A_batch_with_long_ids_is_kept_and_one_with_too_many_events_waits_for_a_person()
    {
        var many = Enumerable
            .Range(0, 400)
            .Select(i => new
            {
                specversion = "1.0",
                id = $"{i}-{new string('i', 200)}",
                source = new string('s', 250),
                type = "t.v1",
                data = new { },
            });
        Assert.Equal(200, await StandardAsync(JsonSerializer.SerializeToUtf8Bytes(many)));
        Assert.Equal(
            200,
            await StandardAsync(
                JsonSerializer.SerializeToUtf8Bytes(Enumerable.Repeat(new { type = "t", timestamp = "x" }, 1_001))
            )
        );
        Assert.Equal(
            200,
            await StandardAsync(
                JsonSerializer.SerializeToUtf8Bytes(
                    Enumerable.Range(0, 900).Select(i => new { type = $"{new string('t', 100)}{i}", timestamp = "x" })
                )
            )
        );
        await Host.PumpAsync();

        var unmatched = JsonElement
            .Parse(await UnmatchedAsync())
            .EnumerateArray()
            .Select(one => one.GetProperty("problem").GetString()!)
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "the body holds 1001 events: at most 1000 are accepted at once",
                "timestamp is not a time such as 2026-01-05T09:00:00Z",
            ],
            unmatched
        );
    }

    private Task<int> StandardAsync(byte[] body) => DeliverStandardAsync(body, $"msg_{body.Length}");

    private static ProviderSamples.Sample ProviderSamplePaid() =>
        ProviderSamples.For(SquareProvider.Name) with
        {
            Body = ProviderSamples.For(SquareProvider.Name).Body.Replace("USD", "EUR", StringComparison.Ordinal),
        };

    private async Task<string> WhyNotDemandedAsync(string id) =>
        (await GetInvoiceAsync(id)).TryGetProperty("whyNotDemanded", out var why) ? why.GetString()! : "";

    private Task<string> PostOpenInvoiceAsync(string customer = "amberley", string? externalId = null) =>
        PostInvoiceAsync(
            new
            {
                externalId = externalId ?? "2026-0042",
                number = "2026-0042",
                issueDate = "2025-12-20",
                dueDate = "2026-01-20",
                currency = "EUR",
                amountDue = "119.00",
                customer = Customer(customer, email: $"{customer}@buyer.example"),
            }
        );
}
