using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

public sealed class SettlementTests
{
    private readonly LedgerStory _story = new(LedgerStory.Chased);

    [Fact]
    public void Paid_in_full_it_is_settled_and_thanked_for()
    {
        var settlement = _story.Tell(Payment, 119_00);

        Assert.Equal(new Closed(ClosedAs.Settled, LedgerStory.Now, "paid"), _story.Invoice.Closed);
        Assert.Equal((TestData.Eur(0), null), (_story.Invoice.OpenAmount, _story.Invoice.Next));
        Assert.Equal([EventKind.Paid, EventKind.Settled], settlement.Transaction!.Told());
        Assert.Contains(LedgerStory.Chased.AgendaKey!, settlement.Transaction!.Deleted());
        var thanks = Assert.Single(settlement.Notices);
        Assert.Equal(
            (NoticeTone.ThankYou, Channel.Email, LedgerStory.Now),
            (thanks.Tone, thanks.Channel, thanks.NotBefore)
        );
        Assert.Equal([new NoticeLine(LedgerStory.Chased.Id.Invoice, "second")], thanks.Lines);
    }

    [Fact]
    public void Paid_in_part_the_rest_is_chased()
    {
        var settlement = _story.Tell(Payment, 50_00);

        Assert.Equal(
            (TestData.Eur(69_00), null, "third"),
            (_story.Invoice.OpenAmount, _story.Invoice.Closed, _story.Invoice.Next!.Step)
        );
        Assert.True(_story.Invoice.IsPartPaid);
        Assert.Equal([EventKind.Paid], settlement.Transaction!.Told());
        Assert.Contains(
            "69.00 EUR is still owed",
            settlement.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );
        Assert.Empty(_story.Notices);
    }

    [Fact]
    public void Two_parts_settle_it_and_thank_once()
    {
        _story.Tell(Payment, 50_00);
        _story.Tell(Payment, 69_00, "pi_2");

        Assert.Equal(ClosedAs.Settled, _story.Invoice.Closed!.As);
        Assert.Single(_story.Notices);
        Assert.Equal(2, _story.Ledger.Count);
    }

    [Fact]
    public void Too_much_is_settled_and_the_credit_is_told()
    {
        var settlement = _story.Tell(Payment, 120_00);

        Assert.Equal((ClosedAs.Settled, TestData.Eur(-1_00)), (_story.Invoice.Closed!.As, _story.Invoice.OpenAmount));
        Assert.Contains(
            settlement.Transaction!.All<InvoiceEvent>(),
            e => e.What.StartsWith("Settled, 1.00 EUR too much", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_same_payment_told_twice_counts_and_thanks_once()
    {
        var fact = new SourcedPaymentChange(
            "stripe",
            new PaymentEvent("evt_1", "any", LedgerStory.Now, true, []),
            new PaymentChange(Payment, "pi_1", [], [], TestData.Eur(119_00))
        );
        _story.Apply(fact, null, LedgerStory.Now);

        var again = _story.Apply(fact, null, LedgerStory.Now.AddDays(1));

        Assert.Empty(again.Transaction!.Told());
        Assert.Empty(again.Transaction!.All<LedgerEntry>());
        Assert.Equal(TestData.Eur(119_00), _story.Invoice.Paid);
        Assert.Single(_story.Notices);
    }

    [Theory]
    [InlineData(ClosedAs.Void)]
    [InlineData(ClosedAs.WrittenOff)]
    public void Money_for_an_invoice_that_was_given_up_is_booked_and_does_not_open_it(ClosedAs closed)
    {
        var given = new LedgerStory(
            LedgerStory.Chased with
            {
                Next = null,
                Closed = new(closed, LedgerStory.Now, "given up"),
            }
        );

        var settlement = given.Tell(Payment, 50_00);

        Assert.Equal((closed, TestData.Eur(50_00)), (given.Invoice.Closed!.As, given.Invoice.Paid));
        Assert.Equal([EventKind.Paid], settlement.Transaction!.Told());
        Assert.Empty(given.Notices);
    }

    [Fact]
    public void A_part_payment_does_not_open_what_its_source_has_reported_as_paid()
    {
        var paid = new LedgerStory(
            LedgerStory.Chased with
            {
                Next = null,
                Closed = new(ClosedAs.Settled, LedgerStory.Now, "reported by api"),
            }
        );

        paid.Tell(Payment, 50_00);

        Assert.Equal((ClosedAs.Settled, null), (paid.Invoice.Closed?.As, paid.Invoice.Hold));
    }

    [Fact]
    public void Settled_it_is_neither_on_hold_nor_in_dispute()
    {
        var paused = new LedgerStory(
            LedgerStory.Chased with
            {
                Hold = new("asked", LedgerStory.Now, null),
                Dispute = new("wrong", LedgerStory.Now),
            }
        );

        paused.Tell(Payment, 119_00);

        Assert.Equal(
            (ClosedAs.Settled, null, null),
            (paused.Invoice.Closed!.As, paused.Invoice.Hold, paused.Invoice.Dispute)
        );
    }

    [Fact]
    public void A_part_payment_does_not_end_a_dispute()
    {
        var paused = new LedgerStory(LedgerStory.Chased with { Next = null, Dispute = new("wrong", LedgerStory.Now) });

        paused.Tell(Payment, 50_00);

        Assert.Equal(("wrong", null), (paused.Invoice.Dispute!.Reason, paused.Invoice.Next));
    }

    [Fact]
    public void Without_a_mail_address_there_is_no_thank_you()
    {
        var phoneOnly = new LedgerStory(LedgerStory.Chased)
        {
            Customer = TestData.Customer() with { Email = null, Phone = "+442071234567" },
        };

        phoneOnly.Tell(Payment, 119_00);

        Assert.Equal(ClosedAs.Settled, phoneOnly.Invoice.Closed!.As);
        Assert.Empty(phoneOnly.Notices);
    }

    [Theory]
    [InlineData(NoticeState.Planned, 2)]
    [InlineData(NoticeState.Sending, 1)]
    public void A_thank_you_that_has_not_left_yet_speaks_for_the_next_invoice_too(NoticeState state, int lines)
    {
        var first = LedgerStory.Settle(TestData.Invoice("2026-02-02", "first"), Payment, LedgerStory.Now).Notices[
            0
        ] with
        {
            State = state,
        };
        var second = new LedgerStory(LedgerStory.Chased) { Outbox = [TestData.Stored(first)] };

        var settlement = second.Tell(Payment, 119_00);

        Assert.Equal(lines == 2 ? 0 : 1, settlement.Notices.Count);
        Assert.Equal(lines, settlement.Transaction!.One<Notice>().Lines.Count);
        Assert.Contains(
            LedgerStory.Chased.Id.Invoice,
            settlement.Transaction!.One<Notice>().Lines.Select(l => l.InvoiceId)
        );
    }

    [Fact]
    public void A_thank_you_waits_for_the_morning() =>
        Assert.Equal(
            TestData.Time("2026-02-11T08:00Z"),
            Assert
                .Single(LedgerStory.Settle(LedgerStory.Chased, Payment, TestData.Time("2026-02-10T22:00Z")).Notices)
                .NotBefore
        );
}
