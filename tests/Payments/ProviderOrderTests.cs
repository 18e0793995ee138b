using System.Text;
using System.Text.Json;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments;

/// <summary>Each provider's events about one invoice, in any order and repeated, give one ledger.</summary>
public sealed class ProviderOrderTests
{
    /// <summary>By provider: the expected sum of payments in minor units, and the events.</summary>
    private static readonly Dictionary<string, (long Paid, string[] Bodies)> _cases = new()
    {
        // Confirmed and paid out, charged back and chargeback cancelled; a second payment that failed after
        // confirmation; a refund.
        [GoCardlessProvider.Name] = (
            119_00 - 20_00,
            [
                GoCardless(1, "payments", "created", "payment", "PM119"),
                GoCardless(2, "payments", "confirmed", "payment", "PM119"),
                GoCardless(3, "payments", "paid_out", "payment", "PM119"),
                GoCardless(4, "payments", "charged_back", "payment", "PM119"),
                GoCardless(5, "payments", "chargeback_cancelled", "payment", "PM119"),
                GoCardless(2, "payments", "confirmed", "payment", "PM50"),
                GoCardless(6, "payments", "failed", "payment", "PM50"),
                GoCardless(7, "refunds", "created", "refund", "RF20"),
                GoCardless(7, "refunds", "created", "refund", "RF30"),
                GoCardless(8, "refunds", "failed", "refund", "RF30"),
            ]
        ),
        [MollieProvider.Name] = (
            119_00 - 20_00,
            [
                Mollie(1, "payment.pending", "tr_1", "119.00"),
                Mollie(2, "payment.paid", "tr_1", "119.00"),
                Mollie(2, "payment-link.paid", "pl_1", "119.00"),
                Mollie(3, "refund.refunded", "re_1", "20.00"),
                Mollie(3, "refund.refunded", "re_2", "30.00"),
                Mollie(4, "refund.failed", "re_2", "30.00"),
            ]
        ),
        [PayPalProvider.Name] = (
            119_00 - 50_00,
            [
                PayPal(1, "PAYMENT.CAPTURE.PENDING", Capture("C1", "119.00")),
                PayPal(2, "PAYMENT.CAPTURE.COMPLETED", Capture("C1", "119.00")),
                PayPal(
                    2,
                    "INVOICING.INVOICE.PAID",
                    """{"invoice":{"id":"INV2","status":"PAID","payments":{"paid_amount":{"currency_code":"EUR","value":"119.00"}}}}"""
                ),
                PayPal(3, "PAYMENT.CAPTURE.REFUNDED", Capture("R1", "50.00")),
            ]
        ),
        [AdyenProvider.Name] = (
            119_00 - 20_00 - 119_00,
            [
                Adyen("8800", null, "AUTHORISATION", 11900),
                Adyen("8801", "8800", "CAPTURE", 11900),
                Adyen("8802", "8800", "REFUND", 2000),
                Adyen("8803", "8800", "REFUND", 3000),
                Adyen("8803", "8800", "REFUND_FAILED", 3000),
                Adyen("8804", "8800", "NOTIFICATION_OF_CHARGEBACK", 11900),
                Adyen("8804", "8800", "CHARGEBACK", 11900),
                Adyen("8804", "8800", "CHARGEBACK_REVERSED", 11900),
                Adyen("8805", "8800", "SECOND_CHARGEBACK", 11900),
            ]
        ),
        [AdyenManualCaptureProvider.Name] = (
            50_00,
            [
                Adyen("8800", null, "AUTHORISATION", 11900),
                Adyen("8801", "8800", "CAPTURE", 5000),
                Adyen("8802", "8800", "CAPTURE", 6900),
                Adyen("8802", "8800", "CAPTURE_FAILED", 6900),
            ]
        ),
        [SquareProvider.Name] = (
            119_00 - 20_00,
            [
                Square(1, "payment.created", "payment", "P1", "APPROVED", 11900),
                Square(2, "payment.updated", "payment", "P1", "COMPLETED", 11900),
                Square(3, "refund.created", "refund", "R1", "PENDING", 2000),
                Square(4, "refund.updated", "refund", "R1", "COMPLETED", 2000),
                Square(4, "refund.updated", "refund", "R2", "FAILED", 3000),
                Square(5, "dispute.state.updated", "dispute", "D1", "LOST", 11900),
                Square(6, "dispute.state.updated", "dispute", "D1", "WON", 11900),
            ]
        ),
        [RazorpayProvider.Name] = (
            119_00 - 20_00,
            [
                Razorpay(1, "payment.authorized", "payment", "pay_1", 5000),
                Razorpay(2, "payment.captured", "payment", "pay_1", 5000),
                Razorpay(2, "order.paid", "payment", "pay_1", 5000),
                Razorpay(3, "payment.captured", "payment", "pay_2", 6900),
                Razorpay(4, "refund.processed", "refund", "rfnd_1", 2000),
                Razorpay(4, "refund.failed", "refund", "rfnd_2", 2000),
                Razorpay(5, "payment.dispute.lost", "dispute", "disp_1", 5000),
                Razorpay(6, "payment.dispute.won", "dispute", "disp_1", 5000),
            ]
        ),
        [PaddleProvider.Name] = (
            119_00 - 20_00,
            [
                Paddle(1, "transaction.paid"),
                Paddle(2, "transaction.completed"),
                Adjustment(3, "adj_1", "refund", "pending_approval", 2000),
                Adjustment(4, "adj_1", "refund", "approved", 2000),
                Adjustment(5, "adj_2", "chargeback", "approved", 11900),
                Adjustment(6, "adj_3", "chargeback_reverse", "approved", 11900),
            ]
        ),
    };

    public static TheoryData<string> Names() => [.. _cases.Keys];

    public static IReadOnlyList<PaymentEvent> EventsOf(string provider) =>
        [
            .. _cases[provider]
                .Bodies.SelectMany(body => PaymentEvents.Read(provider, new([], Encoding.UTF8.GetBytes(body))))
                .Select(paymentEvent => CompleteFromApi(provider, paymentEvent)),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_thousand_orders_give_one_balance(string provider)
    {
        var paid = _cases[provider].Paid;
        var events = EventsOf(provider);
        Assert.All(events, paymentEvent => Assert.Null(paymentEvent.Problem));
        var random = new Random(20260105);
        var expected = Ledger(provider, events);
        Assert.Equal(new Money(paid, "EUR"), Balance.Paid(expected, "EUR"));

        for (var round = 0; round < 1_000; round++)
        {
            var arrivals = events.Concat(events.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(arrivals);

            Assert.Equal(expected, Ledger(provider, arrivals));
        }
    }

    /// <summary>Here the id contains the amount in whole euros.</summary>
    private static PaymentEvent CompleteFromApi(string provider, PaymentEvent paymentEvent)
    {
        if (provider != GoCardlessProvider.Name || paymentEvent.Fetch is not { } path)
            return paymentEvent;
        var (at, id) = (path.Split('/')[0], path.Split('/')[1]);
        return GoCardlessEvents.Complete(
            paymentEvent,
            JsonElement.Parse($$"""{"{{at}}":{"id":"{{id}}","amount":{{id[2..]}}00,"currency":"EUR"} }""")
        );
    }

    private static List<LedgerEntry> Ledger(string provider, IEnumerable<PaymentEvent> events)
    {
        var ledger = new SortedDictionary<string, LedgerEntry>(StringComparer.Ordinal);
        foreach (var paymentEvent in events)
        {
            foreach (
                var entry in paymentEvent
                    .Changes.Select(change => LedgerEntryMapper.Map(change, paymentEvent, provider, TestData.Invoice()))
                    .OfType<LedgerEntry>()
            )
                ledger[$"{entry.Kind} {entry.ObjectId}"] = LedgerEntry.Merge(
                    ledger.GetValueOrDefault($"{entry.Kind} {entry.ObjectId}"),
                    entry
                );
        }
        return [.. ledger.Values];
    }

    private static string GoCardless(int hour, string resource, string action, string link, string id) =>
        $$"""{"events":[{"id":"EV{{action}}{{id}}","created_at":"2026-01-05T0{{hour}}:00:00Z","resource_type":"{{resource}}","action":"{{action}}","links":{"{{link}}":"{{id}}"} }]}""";

    private static string Mollie(int hour, string type, string id, string value) =>
        $$"""{"id":"whe_{{type}}{{id}}","type":"{{type}}","entityId":"{{id}}","createdAt":"2026-01-05T0{{hour}}:00:00+00:00","_embedded":{"entity":{"amount":{"value":"{{value}}","currency":"EUR"} } } }""";

    private static string PayPal(int hour, string type, string resource) =>
        $$"""{"id":"WH-{{type}}","event_type":"{{type}}","create_time":"2026-01-05T0{{hour}}:00:00.000Z","resource":{{resource}} }""";

    private static string Capture(string id, string value) =>
        $$"""{"id":"{{id}}","amount":{"currency_code":"EUR","value":"{{value}}"} }""";

    private static string Adyen(string reference, string? original, string code, long value) =>
        $$"""
            {"live":"true","notificationItems":[{"NotificationRequestItem":{"pspReference":"{{reference}}","originalReference":"{{original}}","merchantAccountCode":"A",
            "amount":{"value":{{value}},"currency":"EUR"},"eventCode":"{{code}}","success":"true"} }]}
            """;

    private static string Square(int hour, string type, string kind, string id, string status, long amount) =>
        $$"""{"type":"{{type}}","event_id":"{{type}}{{id}}{{status}}","created_at":"2026-01-05T0{{hour}}:00:00Z","data":{"object":{"{{kind}}":{"id":"{{id}}","status":"{{status}}","state":"{{status}}","amount_money":{"amount":{{amount}},"currency":"EUR"} } } } }""";

    private static string Razorpay(int hour, string type, string entity, string id, long amount) =>
        $$"""{"event":"{{type}}","created_at":{{1767600000 + (hour * 3600)}},"payload":{"{{entity}}":{"entity":{"id":"{{id}}","amount":{{amount}},"currency":"EUR","notes":[]} } } }""";

    private static string Paddle(int hour, string type) =>
        $$"""{"event_id":"{{type}}","event_type":"{{type}}","occurred_at":"2026-01-05T0{{hour}}:00:00Z","data":{"id":"txn_1","details":{"totals":{"grand_total":"11900","currency_code":"EUR"} } } }""";

    private static string Adjustment(int hour, string id, string action, string status, long total) =>
        $$"""{"event_id":"{{id}}{{status}}","event_type":"adjustment.updated","occurred_at":"2026-01-05T0{{hour}}:00:00Z","data":{"id":"{{id}}","action":"{{action}}","status":"{{status}}","transaction_id":"txn_1","totals":{"total":"{{total}}","currency_code":"EUR"} } }""";
}
