using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>Refunds and chargebacks, in any order.</summary>
public sealed class SettlementReturnsTests
{
    private readonly LedgerScenario _scenario = new(LedgerScenario.RemindedInvoice);

    [Fact]
    public void A_refund_reported_before_its_payment_is_deducted()
    {
        var early = _scenario.Apply(Refund, 20_00, "re_1");
        Assert.Equal(
            (HoldReason.PaymentRefunded, null),
            (_scenario.Invoice.Dunning.Hold!.Reason, _scenario.Invoice.Dunning.Next)
        );
        Assert.Equal(TestData.Eur(119_00), _scenario.Invoice.OpenAmount);
        Assert.Contains(
            "119.00 EUR is still owed",
            early.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );

        _scenario.Apply(Payment, 119_00);

        Assert.Equal((TestData.Eur(20_00), null), (_scenario.Invoice.OpenAmount, _scenario.Invoice.Closed));
        Assert.Equal(HoldReason.PaymentRefunded, _scenario.Invoice.Dunning.Hold?.Reason);
        Assert.Empty(_scenario.Notices);
    }

    [Fact]
    public void A_refund_opens_a_settled_invoice_again_and_waits_for_a_person()
    {
        _scenario.Apply(Payment, 119_00);

        var settlement = _scenario.Apply(Refund, 119_00, "re_1");

        Assert.Equal(
            (TestData.Eur(119_00), null, null),
            (_scenario.Invoice.OpenAmount, _scenario.Invoice.Closed, _scenario.Invoice.Dunning.Next)
        );
        Assert.Equal(HoldReason.PaymentRefunded, _scenario.Invoice.Dunning.Hold!.Reason);
        Assert.Null(_scenario.Invoice.Dunning.Hold.Until);
        Assert.Equal([EventKind.Refunded, EventKind.Reopened], settlement.Transaction!.EventKinds());
        Assert.Contains(Keys.Invoice(LedgerScenario.RemindedInvoice.Id), settlement.Transaction!.Inserted());
        Assert.Contains(Keys.Closed(LedgerScenario.RemindedInvoice.Id), settlement.Transaction!.Deleted());
    }

    [Fact]
    public void A_refund_of_an_overpayment_leaves_it_settled()
    {
        _scenario.Apply(Payment, 150_00);
        _scenario.Apply(Refund, 31_00, "re_1");

        Assert.Equal((ClosedAs.Settled, TestData.Eur(0)), (_scenario.Invoice.Closed!.As, _scenario.Invoice.OpenAmount));
    }

    [Fact]
    public void A_chargeback_opens_it_again_as_disputed_and_its_reversal_settles_it_without_another_thank_you()
    {
        _scenario.Apply(Payment, 119_00);

        var charged = _scenario.Apply(Chargeback, 119_00, "dp_1");
        Assert.Equal([EventKind.ChargedBack, EventKind.Reopened], charged.Transaction!.EventKinds());
        Assert.Equal(
            (null, DisputeReason.PaymentChargedBack, null),
            (_scenario.Invoice.Closed, _scenario.Invoice.Dunning.Dispute!.Reason, _scenario.Invoice.Dunning.Next)
        );

        _scenario.Apply(ChargebackReversed, 0, "dp_1");
        Assert.Equal(
            (ClosedAs.Settled, null, TestData.Eur(0)),
            (_scenario.Invoice.Closed?.As, _scenario.Invoice.Dunning.Dispute, _scenario.Invoice.OpenAmount)
        );
        // The customer charged the payment back and lost: no second thank-you notice.
        Assert.Single(_scenario.Notices);
    }

    [Fact]
    public void What_a_person_has_resumed_after_a_refund_is_not_held_again_by_the_next_payment()
    {
        var resumed = new LedgerScenario(LedgerScenario.RemindedInvoice);
        resumed.Apply(Payment, 50_00);
        resumed.Apply(Refund, 20_00, "re_1");
        resumed.Change(invoice => invoice with { Dunning = invoice.Dunning with { Hold = null } });

        resumed.Apply(Payment, 10_00, "pi_2");
        Assert.Null(resumed.Invoice.Dunning.Hold);

        resumed.Apply(Refund, 5_00, "re_2");
        Assert.Equal(HoldReason.PaymentRefunded, resumed.Invoice.Dunning.Hold?.Reason);
    }

    [Fact]
    public void A_failed_refund_does_not_end_a_hold_that_a_person_set()
    {
        var held = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Dunning = LedgerScenario.RemindedInvoice.Dunning with
                {
                    Hold = new(HoldReason.Requested, LedgerScenario.Now, null) { Text = "asked" },
                    Dispute = new(DisputeReason.Reported, LedgerScenario.Now) { Text = "wrong" },
                    Next = null,
                },
            }
        );
        held.Apply(Payment, 50_00);
        held.Apply(Refund, 20_00, "re_1");
        held.Apply(Chargeback, 10_00, "dp_1");

        held.Apply(Refund, 0, "re_1");
        held.Apply(ChargebackReversed, 0, "dp_1");

        Assert.Equal(("asked", "wrong"), (held.Invoice.Dunning.Hold?.Text, held.Invoice.Dunning.Dispute?.Text));
    }

    [Fact]
    public void A_reversed_chargeback_of_a_part_resumes_the_schedule_where_it_stopped()
    {
        var part = new LedgerScenario(LedgerScenario.RemindedInvoice);
        part.Apply(Payment, 50_00);
        part.Apply(Chargeback, 50_00, "dp_1");
        var won = LedgerScenario.Now.AddDays(20);

        var settlement = part.Apply(
            new SourcedPaymentChange(
                "stripe",
                new PaymentEvent("evt_won", "any", won, true, []),
                new PaymentChange(ChargebackReversed, "dp_1", [], [], TestData.Eur(0))
            ),
            won
        );

        Assert.Equal([EventKind.ChargedBack, EventKind.Resumed], settlement.Transaction!.EventKinds());
        Assert.Equal(
            (null, TestData.Day("2026-02-22"), "third"),
            (part.Invoice.Dunning.Dispute, part.Invoice.Dunning.ScheduleStart, part.Invoice.Dunning.Next!.Step.Value)
        );
    }

    [Fact]
    public void A_refund_that_failed_is_no_reason_to_hold()
    {
        var part = new LedgerScenario(LedgerScenario.RemindedInvoice);
        part.Apply(Payment, 50_00);
        part.Apply(Refund, 0, "re_1");

        Assert.Equal((null, TestData.Eur(69_00)), (part.Invoice.Dunning.Hold, part.Invoice.OpenAmount));
    }
}
