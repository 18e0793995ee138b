using System.Text;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Tests.Payments.Providers.StandardWebhooks;

public sealed class StandardEventsTests
{
    private const string Payment =
        """ "invoiceNumber":"2026-0042","paymentId":"pay-7","amount":"119.00","currency":"EUR" """;

    [Fact]
    public void A_Standard_Webhooks_payload_is_known_by_the_id_in_its_header()
    {
        var one = Read(
            $$"""{"type":"payment.received","timestamp":"2026-01-05T10:00:00+01:00","data":{ {{Payment}} } }"""
        );

        Assert.Equal(
            ("msg_1", new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), true, null),
            (one.Id, one.OccurredAt, one.Live, one.Problem)
        );
        var change = Assert.Single(one.Changes);
        Assert.Equal(
            (PaymentChangeKind.Payment, "pay-7", new Money(119_00, "EUR")),
            (change.Kind, change.ObjectId, change.Amount)
        );
        Assert.Equal(["2026-0042"], change.References);
        Assert.Empty(change.Related);
    }

    [Fact]
    public void A_CloudEvent_is_known_by_source_and_id_together() =>
        Assert.Equal("https://pay.example/acme 01K9", Read(CloudEvent("https://pay.example/acme", "01K9")).Id);

    [Fact]
    public void A_batch_is_read_one_by_one_and_a_bad_element_spoils_no_other()
    {
        var events = ReadAll($"[{CloudEvent("/a", "1")},7,{CloudEvent("/b", "1")},{{}}]");

        Assert.Equal(["/a 1", "msg_1#1", "/b 1", "msg_1#3"], events.Select(e => e.Id));
        Assert.Equal([true, false, true, false], events.Select(e => e.Problem is null));
    }

    [Theory]
    [InlineData("payment.received", "Payment pay-7 119.00 EUR")]
    [InlineData("payment.received.v1", "Payment pay-7 119.00 EUR")]
    [InlineData("com.example.payment.received.v1", "Payment pay-7 119.00 EUR")]
    [InlineData("com.example.payment.received", "Payment pay-7 119.00 EUR")]
    [InlineData("payment.refunded", "Refund ref-1 119.00 EUR of pay-7")]
    [InlineData("payment.reversed", "Chargeback pay-7 119.00 EUR")]
    [InlineData("payment.reversal_cancelled", "ChargebackReversed pay-7 0.00 EUR")]
    [InlineData("payment.pending", "InFlight pay-7 ")]
    [InlineData("payment.failed", "Failed pay-7 ")]
    [InlineData("invoice.voided", "Stop 2026-0042 ")]
    public void Each_type_means_one_thing(string type, string meaning)
    {
        var change = Assert.Single(Read(Event(type, Payment + ""","refundId":"ref-1" """)).Changes);

        Assert.Equal(
            meaning,
            $"{change.Kind} {change.ObjectId} {change.Amount}{(change.Related is [var of] ? " of " + of : "")}"
        );
    }

    [Theory]
    [InlineData("payment.received.v2")]
    [InlineData("Payment.Received")]
    [InlineData("xpayment.received")]
    [InlineData("payment.received.late")]
    [InlineData("v1")]
    [InlineData(".v1")]
    public void Other_types_are_no_fact_and_no_problem(string type) =>
        Assert.True(Read(Event(type, Payment)) is { Problem: null, Changes: [] });

    [Fact]
    public void Every_reference_is_kept_most_trusted_first() =>
        Assert.Equal(
            ["ours", "theirs", "2026-0042", "42"],
            Read(Event("payment.received", Payment + ""","number":"42","externalId":"theirs","invoiceId":"ours" """))
                .Changes[0]
                .References
        );

    [Theory]
    [InlineData("\"119.00\"", "EUR", 119_00)]
    [InlineData("119.00", "EUR", 119_00)]
    [InlineData("119", "eur", 119_00)]
    [InlineData("0.1", "EUR", 10)]
    [InlineData("\"119.00\"", "JPY", 119)]
    [InlineData("\"1.234\"", "KWD", 1_234)]
    [InlineData("\"0\"", "EUR", 0)]
    public void An_amount_is_read_by_its_literal_text(string amount, string currency, long minor) =>
        Assert.Equal(
            new Money(minor, currency.ToUpperInvariant()),
            Read(Event("payment.received", Paid(amount, currency))).Changes[0].Amount
        );

    [Theory]
    [InlineData("\"-1.00\"", "EUR")]
    [InlineData("-1", "EUR")]
    [InlineData("\"119.005\"", "EUR")]
    [InlineData("\"119,00\"", "EUR")]
    [InlineData("\"1 190.00\"", "EUR")]
    [InlineData("\"1.19e2\"", "EUR")]
    [InlineData("1.19e2", "EUR")]
    [InlineData("\"1.5\"", "JPY")]
    [InlineData("\"1000000000000000\"", "EUR")]
    [InlineData("\"999999999999999.9999\"", "CLF")]
    [InlineData("1000000000000000000", "EUR")]
    [InlineData("\"١١٩\"", "EUR")]
    [InlineData("\"\"", "EUR")]
    [InlineData("null", "EUR")]
    [InlineData("{}", "EUR")]
    [InlineData("[119]", "EUR")]
    [InlineData("true", "EUR")]
    [InlineData("119", "EURO")]
    [InlineData("119", "")]
    public void An_amount_that_cannot_be_booked_is_for_a_person(string amount, string currency) =>
        Assert.True(
            Read(Event("payment.received", Paid(amount, currency))) is { Problem: not null, Changes: [], Id: "msg_1" }
        );

    [Theory]
    [InlineData("""null""")]
    [InlineData("""7""")]
    [InlineData("""{}""")]
    [InlineData("""{"type":"payment.received","data":{}}""")]
    [InlineData("""{"type":"payment.received","timestamp":"2026-01-05T09:00:00Z"}""")]
    [InlineData("""{"type":"payment.received","timestamp":"2026-01-05T09:00:00Z","data":[]}""")]
    [InlineData(
        """{"type":"payment.received","timestamp":"2026-01-05","data":{"paymentId":"1","amount":1,"currency":"EUR"}}"""
    )]
    [InlineData(
        """{"type":"payment.received","timestamp":"2026-01-05T09:00:00","data":{"paymentId":"1","amount":1,"currency":"EUR"}}"""
    )]
    [InlineData(
        """{"type":"payment.received","timestamp":1767225600,"data":{"paymentId":"1","amount":1,"currency":"EUR"}}"""
    )]
    [InlineData(
        """{"type":"payment.received","timestamp":"2026-01-05T09:00:00Z","data":{"amount":"1","currency":"EUR"}}"""
    )]
    [InlineData(
        """{"type":"payment.received","timestamp":"2026-01-05T09:00:00Z","data":{"paymentId":7,"amount":1,"currency":"EUR"}}"""
    )]
    [InlineData(
        """{"type":"payment.refunded","timestamp":"2026-01-05T09:00:00Z","data":{"paymentId":"1","amount":1,"currency":"EUR"}}"""
    )]
    [InlineData("""{"type":"invoice.voided","timestamp":"2026-01-05T09:00:00Z","data":{}}""")]
    [InlineData(
        """{"type":"payment.failed","timestamp":"2026-01-05T09:00:00Z","data":{"paymentId":"1","test":"yes"}}"""
    )]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t","time":"2026-01-05T09:00:00Z"}""")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/a","type":"t","time":"2026-01-05T09:00:00Z"}""")]
    public void Missing_fields_and_wrong_types_are_for_a_person_and_count_as_live(string json) =>
        Assert.True(Read(json) is { Problem: not null, Changes: [], Live: true, Id: "msg_1" });

    [Fact]
    public void A_test_is_not_live() =>
        Assert.False(Read(Event("payment.received", Payment + ""","test":true""")).Live);

    [Fact]
    public void The_reason_is_kept() =>
        Assert.Equal(
            "account closed",
            Read(Event("payment.failed", Payment + ""","reason":"account\nclosed" """)).Changes[0].Note
        );

    private static string Paid(string amount, string currency) =>
        $"\"paymentId\":\"pay-7\",\"amount\":{amount},\"currency\":\"{currency}\"";

    private static string Event(string type, string data) =>
        $$"""{"type":"{{type}}","timestamp":"2026-01-05T09:00:00Z","data":{ {{data}} } }""";

    private static string CloudEvent(string source, string id) =>
        $$"""
            {"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"com.example.payment.received.v1",
             "time":"2026-01-05T10:11:12.345Z","data":{ {{Payment}} } }
            """;

    private static PaymentEvent Read(string json) => Assert.Single(ReadAll(json));

    private static IReadOnlyList<PaymentEvent> ReadAll(string json) =>
        PaymentEvents.Read(
            StandardWebhooksProvider.Name,
            new([KeyValuePair.Create("webhook-id", "msg_1")], Encoding.UTF8.GetBytes(json))
        );
}
