using System.Text;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using static Dunning.Tests.Payments.Providers.Stripe.StripeJson;

namespace Dunning.Tests.Payments.Providers.Stripe;

public sealed class StripeEventsTests
{
    private const string PaidInvoice = """
        "object":"invoice","id":"in_1","number":"INV-7","status":"paid","currency":"eur","amount_paid":11900,"amount_due":11900
        """;

    [Fact]
    public void Id_type_time_and_mode_come_from_the_envelope()
    {
        var one = Event("invoice.paid", PaidInvoice, "true");

        Assert.Equal(
            ("evt_1", "invoice.paid", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), true),
            (one.Id, one.Type, one.OccurredAt, one.Live)
        );
    }

    [Fact]
    public void References_are_ordered_by_trust_and_ids_that_point_back_are_kept()
    {
        var change = Fact(
            "invoice.paid",
            PaidInvoice
                + """
                ,"metadata":{"external_id":"ext","invoice_id":" id ","invoice_number":"no"},"client_reference_id":"client",
                "payment_intent":{"object":"payment_intent","id":"pi_1"},"charge":"ch_1"
                """
        );

        Assert.Equal(["no", "id", "ext", "client", "INV-7", "in_1"], change.References);
        Assert.Equal(["pi_1", "ch_1"], change.Related);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public void Metadata_may_be_empty_in_any_way(string metadata) =>
        Assert.Equal(["INV-7", "in_1"], Fact("invoice.paid", PaidInvoice + $",\"metadata\":{metadata}").References);

    [Fact]
    public void A_text_too_long_for_an_invoice_reference_is_not_one() =>
        Assert.Equal(
            ["INV-7", "in_1"],
            Fact(
                "invoice.paid",
                PaidInvoice + $$""","metadata":{"invoice_number":"{{new string('9', 129)}}"}"""
            ).References
        );

    [Theory]
    [InlineData("paid", 11900, 0, 119_00)]
    [InlineData("paid", 5000, 5000, 50_00)]
    [InlineData("open", 11900, 5000, 50_00)]
    [InlineData("void", 11900, 5000, 50_00)]
    public void An_invoice_marked_as_paid_outside_Stripe_is_settled(string status, long due, long paid, long minor)
    {
        var invoice =
            $$""" "id":"in_1","status":"{{status}}","currency":"eur","amount_paid":{{paid}},"amount_due":{{due}} """;

        Assert.Equal(new Money(minor, "EUR"), Fact("invoice.updated", invoice).Amount);
    }

    [Theory]
    [InlineData(
        "invoice.paid",
        """ "object":"invoice","status":"paid","currency":"eur","amount_paid":1,"amount_due":1 """
    )]
    [InlineData(
        "invoice.paid",
        """ "object":"invoice","id":7,"status":"paid","currency":"eur","amount_paid":1,"amount_due":1 """
    )]
    [InlineData("invoice.paid", """ "object":"invoice","id":"in_1","currency":"eur","amount_paid":1,"amount_due":1 """)]
    [InlineData("invoice.paid", """ "object":"invoice","id":"in_1","status":"paid","currency":"eur" """)]
    [InlineData("payment_intent.succeeded", """ "id":"pi_\ud802","currency":"eur","amount_received":1 """)]
    [InlineData("refund.updated", """ "id":"re_1","currency":"eur","amount":1 """)]
    [InlineData("charge.succeeded", """ "id":"ch_1","currency":"eur","amount":1 """)]
    [InlineData("invoice.voided", "")]
    public void Missing_fields_and_wrong_types_are_for_a_person(string type, string fields) =>
        Assert.NotNull(Event(type, fields).Problem);

    [Fact]
    public void An_id_too_long_for_a_key_is_for_a_person() =>
        Assert.NotNull(
            Event(
                "payment_intent.succeeded",
                $$""" "id":"pi_{{new string('1', 300)}}","currency":"eur","amount_received":1 """
            ).Problem
        );

    [Fact]
    public void Half_a_surrogate_pair_in_what_is_not_read_does_no_harm() =>
        Assert.Equal(
            "pi_1",
            Fact("payment_intent.succeeded", Intent("1", "eur") + """,  "description":"\ud802" """).ObjectId
        );

    [Theory]
    [InlineData("invoice.payment_succeeded", PaidInvoice)]
    [InlineData("a.type.of.next.year", """ "anything":["goes"] """)]
    [InlineData("checkout.session.completed", """ "id":"cs_1","payment_status":"a status of next year" """)]
    [InlineData("refund.updated", """ "id":"re_1","status":"requires_action","currency":"eur","amount":1 """)]
    [InlineData("charge.succeeded", """ "id":"ch_1","captured":false,"currency":"eur","amount":1 """)]
    public void What_moves_no_money_is_no_fact_and_no_problem(string type, string fields) =>
        Assert.True(Event(type, fields) is { Problem: null, Changes: [] });

    [Fact]
    public void A_thin_event_is_no_fact_and_no_problem()
    {
        const string thin = """
            {"id":"evt_2","object":"v2.core.event","type":"invoice.paid","created":"2026-01-01T00:00:00.000Z","livemode":true}
            """;
        Assert.True(
            PaymentEvents.Read(StripeProvider.Name, new([], Encoding.UTF8.GetBytes(thin)))[0]
                is { Problem: null, Changes: [] }
        );
    }

    [Theory]
    [InlineData("succeeded", 119_00)]
    [InlineData("pending", 119_00)]
    [InlineData("failed", 0)]
    [InlineData("canceled", 0)]
    public void A_refund_counts_until_it_fails(string status, long minor)
    {
        var change = Fact(
            "refund.updated",
            $$""" "id":"re_1","status":"{{status}}","currency":"eur","amount":11900,"charge":"ch_1" """
        );

        Assert.Equal(
            (PaymentChangeKind.Refund, "re_1", new Money(minor, "EUR")),
            (change.Kind, change.ObjectId, change.Amount)
        );
    }

    [Fact]
    public void A_subscriptions_session_pays_its_invoice_because_it_has_no_intent()
    {
        var change = Fact(
            "checkout.session.completed",
            """ "id":"cs_1","payment_status":"paid","currency":"eur","amount_total":11900,"payment_intent":null,"invoice":"in_1" """
        );

        Assert.Equal((PaymentChangeKind.PaymentTotal, "in_1"), (change.Kind, change.ObjectId));
        Assert.Equal(["cs_1"], change.Related);
    }

    [Theory]
    [InlineData(""" {"type":"charge","charge":"py_1"} """, "py_1")]
    [InlineData(""" {"type":"payment_record","payment_record":"pr_1"} """, "pr_1")]
    [InlineData(""" {"type":"of next year"} """, "inpay_1")]
    public void A_part_payment_is_booked_under_what_paid_it(string payment, string key) =>
        Assert.Equal(
            key,
            Fact(
                "invoice_payment.paid",
                $$""" "id":"inpay_1","currency":"eur","amount_paid":1,"payment":{{payment}} """
            ).ObjectId
        );

    [Fact]
    public void A_long_note_is_one_line_and_cut_between_characters()
    {
        var words = string.Concat(Enumerable.Repeat("💶", 150));
        var note = Fact(
            "payment_intent.payment_failed",
            $$$""" "id":"pi_1","last_payment_error":{"message":"a\n{{{words}}}"} """
        ).Note;

        Assert.StartsWith("a 💶", note, StringComparison.Ordinal);
        Assert.EndsWith("💶…", note, StringComparison.Ordinal);
        Assert.True(note!.Length <= 201);
    }
}
