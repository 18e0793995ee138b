using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Stripe;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Payments.Providers.Stripe.StripeJson;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>From a provider's event to the balance of one invoice.</summary>
public sealed class LedgerEntryMapperTests
{
    private const string Session =
        """ "id":"cs_1","payment_status":"paid","currency":"eur","amount_total":11900,"payment_intent":"pi_1" """;
    private const string Intent = """ "id":"pi_1","currency":"eur","amount_received":11900 """;
    private const string Charge =
        """ "id":"ch_1","captured":true,"currency":"eur","amount":11900,"payment_intent":"pi_1" """;
    private const string Part =
        """ "id":"inpay_1","currency":"eur","amount_paid":11900,"payment":{"payment_intent":"pi_1"} """;
    private const string Invoice =
        """ "object":"invoice","id":"in_1","status":"paid","currency":"eur","amount_paid":11900,"amount_due":11900 """;

    [Fact]
    public void One_payment_reported_by_five_events_counts_once() =>
        Assert.Equal(
            new Money(119_00, "EUR"),
            Paid(
                ("checkout.session.completed", Session),
                ("charge.succeeded", Charge),
                ("payment_intent.succeeded", Intent),
                ("invoice_payment.paid", Part),
                ("invoice.payment_succeeded", Invoice),
                ("invoice.paid", Invoice)
            )
        );

    [Fact]
    public void A_refund_reported_twice_counts_once() =>
        Assert.Equal(
            new Money(69_00, "EUR"),
            Paid(
                ("refund.created", """ "id":"re_1","status":"pending","currency":"eur","amount":5000 """),
                ("charge.refunded", """ "id":"ch_1","currency":"eur","amount_refunded":5000 """),
                ("payment_intent.succeeded", Intent)
            )
        );

    [Fact]
    public void A_refund_that_failed_leaves_the_payment_whole() =>
        Assert.Equal(
            new Money(119_00, "EUR"),
            Paid(
                ("payment_intent.succeeded", Intent),
                ("charge.refunded", """ "id":"ch_1","currency":"eur","amount_refunded":5000 """),
                ("refund.failed", """ "id":"re_1","status":"failed","currency":"eur","amount":5000 """),
                ("refund.created", """ "id":"re_1","status":"pending","currency":"eur","amount":5000 """)
            )
        );

    [Fact]
    public void A_dispute_takes_the_money_only_until_it_is_won() =>
        Assert.Equal(
            new Money(119_00, "EUR"),
            Paid(
                ("charge.dispute.funds_reinstated", """ "id":"dp_1","currency":"eur","amount":11900 """),
                ("charge.dispute.created", """ "id":"dp_1","currency":"eur","amount":11900 """),
                ("charge.dispute.funds_withdrawn", """ "id":"dp_1","currency":"eur","amount":11900 """),
                ("payment_intent.succeeded", Intent)
            )
        );

    [Theory]
    [InlineData("payment_intent.processing", """ "id":"pi_1","currency":"eur","amount":11900 """)]
    [InlineData("payment_intent.payment_failed", """ "id":"pi_1" """)]
    [InlineData("charge.dispute.created", """ "id":"dp_1","currency":"eur","amount":11900 """)]
    [InlineData("invoice.voided", """ "object":"invoice","id":"in_1" """)]
    public void What_moves_no_money_is_not_posted(string type, string fields)
    {
        var one = Event(type, fields);

        Assert.Null(LedgerEntryMapper.Map(Assert.Single(one.Changes), one, StripeProvider.Name, TestData.Invoice()));
    }

    private static Money Paid(params (string Type, string Fields)[] events)
    {
        var ledger = new Dictionary<(LedgerKind, string), LedgerEntry>();
        foreach (var one in events.Select(e => Event(e.Type, e.Fields)))
        {
            foreach (
                var entry in one
                    .Changes.Select(change =>
                        LedgerEntryMapper.Map(change, one, StripeProvider.Name, TestData.Invoice())
                    )
                    .OfType<LedgerEntry>()
            )
                ledger[(entry.Kind, entry.ObjectId)] = LedgerEntry.Merge(
                    ledger.GetValueOrDefault((entry.Kind, entry.ObjectId)),
                    entry
                );
        }
        return Balance.Paid(ledger.Values, "EUR");
    }
}
