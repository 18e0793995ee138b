using System.Text.Json;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Tests.Payments.Providers.Stripe;

/// <summary>What Stripe calls paid is settled, whatever the cash was (shared/fixtures/reports, section 3).</summary>
public sealed class StripePaidInFullTests
{
    [Theory]
    // All of it from the customer's credit balance.
    [InlineData(""" "total":10000,"amount_due":0,"amount_paid":0,"starting_balance":-10000 """, 100_00)]
    // Part credit, part cash.
    [InlineData(""" "total":10000,"amount_due":6000,"amount_paid":6000,"starting_balance":-4000 """, 100_00)]
    // Credit notes before the payment.
    [InlineData(
        """ "total":10000,"amount_due":7000,"amount_paid":7000,"pre_payment_credit_notes_amount":3000 """,
        100_00
    )]
    // The cash also covers a balance that was carried over.
    [InlineData(""" "total":10000,"amount_due":12000,"amount_paid":12000,"starting_balance":2000 """, 120_00)]
    // Marked as paid outside Stripe, before 2025-03-31.basil.
    [InlineData(""" "amount_due":10000,"amount_paid":0 """, 100_00)]
    public void The_most_that_it_can_have_settled_is_told(string fields, long most)
    {
        var change = Read("invoice.paid", $$""" "object":"invoice","id":"in_1","status":"paid",{{fields}} """);

        Assert.Equal((PaymentChangeKind.PaidInFull, new Money(most, "EUR")), (change.Kind, change.Amount!.Value));
    }

    [Theory]
    [InlineData(""" "status":"issued","pre_payment_amount":3000,"post_payment_amount":0 """, 30_00)]
    [InlineData(""" "status":"issued","pre_payment_amount":0,"post_payment_amount":3000,"refund":"re_1" """, 30_00)]
    [InlineData(
        """ "status":"issued","pre_payment_amount":1000,"post_payment_amount":2000,"customer_balance_transaction":"cbt_1" """,
        10_00
    )]
    [InlineData(
        """ "status":"issued","pre_payment_amount":0,"post_payment_amount":3000,"out_of_band_amount":3000 """,
        0
    )]
    [InlineData(""" "status":"void","pre_payment_amount":3000,"post_payment_amount":0 """, 0)]
    [InlineData(""" "status":"issued","type":"pre_payment" """, 30_00)]
    [InlineData(""" "status":"issued","type":"post_payment" """, 0)]
    public void A_credit_note_counts_as_far_as_it_reduces_the_debt(string fields, long minor)
    {
        var change = Read(
            "credit_note.created",
            $$""" "object":"credit_note","id":"cn_1","invoice":"in_1","amount":3000,{{fields}} """
        );

        Assert.Equal((PaymentChangeKind.CreditNote, new Money(minor, "EUR")), (change.Kind, change.Amount!.Value));
        Assert.Contains("in_1", change.References);
    }

    private static PaymentChange Read(string type, string fields)
    {
        var payment = StripeEvents.Map(
            JsonElement.Parse(
                $$"""{"id":"evt_1","type":"{{type}}","created":1772450000,"livemode":true,"data":{"object":"""
                    + $$"""{"currency":"eur",{{fields}}"""
                    + "}}}"
            )
        );
        Assert.Null(payment.Problem);
        return Assert.Single(payment.Changes);
    }
}
