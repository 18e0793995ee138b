using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>Money that goes back: refunds and chargebacks, in whatever order they are told.</summary>
public sealed class SettlementReturnsTests
{
    private readonly LedgerStory _story = new(LedgerStory.Chased);

    [Fact]
    public void A_refund_that_is_told_before_its_payment_is_taken_off_it()
    {
        var early = _story.Tell(Refund, 20_00, "re_1");
        Assert.Equal(("the payment was refunded", null), (_story.Invoice.Hold!.Reason, _story.Invoice.Next));
        Assert.Equal(TestData.Eur(119_00), _story.Invoice.OpenAmount);
        Assert.Contains(
            "119.00 EUR is still owed",
            early.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );

        _story.Tell(Payment, 119_00);

        Assert.Equal((TestData.Eur(20_00), null), (_story.Invoice.OpenAmount, _story.Invoice.Closed));
        Assert.Equal("the payment was refunded", _story.Invoice.Hold?.Reason);
        Assert.Empty(_story.Notices);
    }

    [Fact]
    public void A_refund_opens_a_settled_invoice_again_and_waits_for_a_person()
    {
        _story.Tell(Payment, 119_00);

        var settlement = _story.Tell(Refund, 119_00, "re_1");

        Assert.Equal(
            (TestData.Eur(119_00), null, null),
            (_story.Invoice.OpenAmount, _story.Invoice.Closed, _story.Invoice.Next)
        );
        Assert.Equal("the payment was refunded", _story.Invoice.Hold!.Reason);
        Assert.Null(_story.Invoice.Hold.Until);
        Assert.Equal([EventKind.Refunded, EventKind.Reopened], settlement.Transaction!.Told());
        Assert.Contains(Keys.Invoice(LedgerStory.Chased.Id), settlement.Transaction!.Inserted());
        Assert.Contains(Keys.Closed(LedgerStory.Chased.Id), settlement.Transaction!.Deleted());
    }

    [Fact]
    public void A_refund_of_what_was_too_much_leaves_it_settled()
    {
        _story.Tell(Payment, 150_00);
        _story.Tell(Refund, 31_00, "re_1");

        Assert.Equal((ClosedAs.Settled, TestData.Eur(0)), (_story.Invoice.Closed!.As, _story.Invoice.OpenAmount));
    }

    [Fact]
    public void A_chargeback_opens_it_again_as_disputed_and_its_reversal_settles_it_without_another_thank_you()
    {
        _story.Tell(Payment, 119_00);

        var charged = _story.Tell(Chargeback, 119_00, "dp_1");
        Assert.Equal([EventKind.ChargedBack, EventKind.Reopened], charged.Transaction!.Told());
        Assert.Equal(
            (null, "the payment was charged back", null),
            (_story.Invoice.Closed, _story.Invoice.Dispute!.Reason, _story.Invoice.Next)
        );

        _story.Tell(ChargebackReversed, 0, "dp_1");
        Assert.Equal(
            (ClosedAs.Settled, null, TestData.Eur(0)),
            (_story.Invoice.Closed?.As, _story.Invoice.Dispute, _story.Invoice.OpenAmount)
        );
        // The customer took the money back and lost: a second "thank you for your payment" would mock.
        Assert.Single(_story.Notices);
    }

    [Fact]
    public void What_a_person_has_resumed_after_a_refund_is_not_held_again_by_the_next_payment()
    {
        var resumed = new LedgerStory(LedgerStory.Chased);
        resumed.Tell(Payment, 50_00);
        resumed.Tell(Refund, 20_00, "re_1");
        resumed.Change(invoice => invoice with { Hold = null });

        resumed.Tell(Payment, 10_00, "pi_2");
        Assert.Null(resumed.Invoice.Hold);

        resumed.Tell(Refund, 5_00, "re_2");
        Assert.Equal("the payment was refunded", resumed.Invoice.Hold?.Reason);
    }

    [Fact]
    public void A_refund_that_comes_to_nothing_does_not_end_what_a_person_has_said()
    {
        var held = new LedgerStory(
            LedgerStory.Chased with
            {
                Hold = new("asked", LedgerStory.Now, null),
                Dispute = new("wrong", LedgerStory.Now),
                Next = null,
            }
        );
        held.Tell(Payment, 50_00);
        held.Tell(Refund, 20_00, "re_1");
        held.Tell(Chargeback, 10_00, "dp_1");

        held.Tell(Refund, 0, "re_1");
        held.Tell(ChargebackReversed, 0, "dp_1");

        Assert.Equal(("asked", "wrong"), (held.Invoice.Hold?.Reason, held.Invoice.Dispute?.Reason));
    }

    [Fact]
    public void A_chargeback_of_a_part_that_is_won_lets_the_ladder_go_on_where_it_stopped()
    {
        var part = new LedgerStory(LedgerStory.Chased);
        part.Tell(Payment, 50_00);
        part.Tell(Chargeback, 50_00, "dp_1");
        var won = LedgerStory.Now.AddDays(20);

        var settlement = part.Apply(
            new SourcedPaymentChange(
                "stripe",
                new PaymentEvent("evt_won", "any", won, true, []),
                new PaymentChange(ChargebackReversed, "dp_1", [], [], TestData.Eur(0))
            ),
            null,
            won
        );

        Assert.Equal([EventKind.ChargedBack, EventKind.Resumed], settlement.Transaction!.Told());
        Assert.Equal(
            (null, TestData.Day("2026-02-22"), "third"),
            (part.Invoice.Dispute, part.Invoice.ScheduleStart, part.Invoice.Next!.Step)
        );
    }

    [Fact]
    public void A_refund_that_failed_is_no_reason_to_hold()
    {
        var part = new LedgerStory(LedgerStory.Chased);
        part.Tell(Payment, 50_00);
        part.Tell(Refund, 0, "re_1");

        Assert.Equal((null, TestData.Eur(69_00)), (part.Invoice.Hold, part.Invoice.OpenAmount));
    }
}
