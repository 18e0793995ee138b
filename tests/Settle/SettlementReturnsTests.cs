using Dunning.Book;
using Dunning.Settle;
using Dunning.Tests.Fixtures;
using static Dunning.Settle.PaymentFactKind;

namespace Dunning.Tests.Settle;

/// <summary>Money that goes back: refunds and chargebacks, in whatever order they are told.</summary>
public sealed class SettlementReturnsTests
{
    private readonly LedgerStory story = new(LedgerStory.Chased);

    [Fact]
    public void A_refund_that_is_told_before_its_payment_is_taken_off_it()
    {
        story.Tell(Refund, 20_00, "re_1");
        Assert.Equal(("the payment was refunded", null), (story.Invoice.Hold!.Reason, story.Invoice.Next));

        story.Tell(Payment, 119_00);

        Assert.Equal((A.Eur(20_00), null), (story.Invoice.Open, story.Invoice.Closed));
        Assert.Equal("the payment was refunded", story.Invoice.Hold?.Reason);
        Assert.Empty(story.Notices);
    }

    [Fact]
    public void A_refund_opens_a_settled_invoice_again_and_waits_for_a_person()
    {
        story.Tell(Payment, 119_00);

        var settlement = story.Tell(Refund, 119_00, "re_1");

        Assert.Equal((A.Eur(119_00), null, null), (story.Invoice.Open, story.Invoice.Closed, story.Invoice.Next));
        Assert.Equal("the payment was refunded", story.Invoice.Hold!.Reason);
        Assert.Null(story.Invoice.Hold.Until);
        Assert.Equal([EventKind.Refunded, EventKind.Reopened], settlement.Move!.Told());
        Assert.Contains(Keys.Invoice(LedgerStory.Chased.Id), settlement.Move!.Inserted());
        Assert.Contains(Keys.Closed(LedgerStory.Chased.Id), settlement.Move!.Deleted());
    }

    [Fact]
    public void A_refund_of_what_was_too_much_leaves_it_settled()
    {
        story.Tell(Payment, 150_00);
        story.Tell(Refund, 31_00, "re_1");

        Assert.Equal((ClosedAs.Settled, A.Eur(0)), (story.Invoice.Closed!.As, story.Invoice.Open));
    }

    [Fact]
    public void A_chargeback_opens_it_again_as_disputed_and_its_reversal_settles_it_without_another_thank_you()
    {
        story.Tell(Payment, 119_00);

        var charged = story.Tell(Chargeback, 119_00, "dp_1");
        Assert.Equal([EventKind.ChargedBack, EventKind.Reopened], charged.Move!.Told());
        Assert.Equal((null, "the payment was charged back", null), (story.Invoice.Closed, story.Invoice.Dispute!.Reason, story.Invoice.Next));

        story.Tell(ChargebackReversed, 0, "dp_1");
        Assert.Equal((ClosedAs.Settled, null, A.Eur(0)), (story.Invoice.Closed?.As, story.Invoice.Dispute, story.Invoice.Open));
        // The customer took the money back and lost: a second "thank you for your payment" would mock.
        Assert.Single(story.Notices);
    }

    [Fact]
    public void A_refund_that_failed_is_no_reason_to_hold()
    {
        var part = new LedgerStory(LedgerStory.Chased);
        part.Tell(Payment, 50_00);
        part.Tell(Refund, 0, "re_1");

        Assert.Equal((null, A.Eur(69_00)), (part.Invoice.Hold, part.Invoice.Open));
    }
}
