using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>What a provider says that moves no money, and the mark that every event leaves.</summary>
public sealed class SettlementChaseTests
{
    private readonly LedgerStory _story = new(LedgerStory.Chased);

    [Fact]
    public void Another_currency_is_parked_and_pauses_the_chase_for_a_person()
    {
        var settlement = _story.Tell(Payment, 119_00, currency: "USD");

        Assert.Contains("USD", settlement.Parked, StringComparison.Ordinal);
        Assert.Equal(
            (TestData.Eur(119_00), LedgerStory.Now.AddDays(2)),
            (_story.Invoice.OpenAmount, _story.Invoice.Pending?.Until)
        );
        Assert.Equal("a payment is on its way", _story.Invoice.WhyNotDemanded(LedgerStory.Now));
        Assert.Empty(_story.Ledger);
    }

    [Fact]
    public void A_payment_on_its_way_pauses_and_its_arrival_settles()
    {
        _story.Tell(InFlight, 119_00);
        Assert.Equal(TestData.Time("2026-02-18T00:00Z"), _story.Invoice.Pending?.Until);
        Assert.Equal((null, TestData.Time("2026-02-18T09:00Z")), (_story.Invoice.Closed, _story.Invoice.Next!.At));
        Assert.Equal(TestData.Eur(0), _story.Invoice.Paid);

        _story.Tell(Payment, 119_00);
        Assert.Equal(ClosedAs.Settled, _story.Invoice.Closed!.As);
    }

    [Fact]
    public void A_payment_on_its_way_is_waited_for_longer_than_the_next_step() =>
        Assert.Equal(
            TestData.Time("2026-02-23T09:00Z"),
            LedgerStory
                .Settle(LedgerStory.Chased, InFlight, TestData.Time("2026-02-15T10:00Z"))
                .Transaction!.One<Invoice>()
                .Next!.At
        );

    [Fact]
    public void A_payment_that_failed_lets_the_chase_go_on()
    {
        _story.Tell(InFlight, 119_00);

        var settlement = _story.Tell(Failed);

        Assert.Equal((null, null), (_story.Invoice.Pending?.Until, _story.Invoice.Closed));
        Assert.Equal([EventKind.PaymentFailed], settlement.Transaction!.Told());
        Assert.NotNull(_story.Invoice.Next);
    }

    [Fact]
    public void Another_attempt_that_failed_does_not_end_the_wait_for_the_one_that_did_not()
    {
        _story.Tell(InFlight, 119_00, "pi_2");
        _story.Tell(Failed, id: "pi_1");

        Assert.Equal("pi_2", _story.Invoice.Pending?.ObjectId);
    }

    [Fact]
    public void A_word_that_comes_late_about_a_payment_on_its_way_does_not_touch_a_settled_invoice()
    {
        _story.Tell(Payment, 119_00);

        Assert.Empty(_story.Tell(InFlight, 119_00).Transaction!.Told());
        Assert.Empty(_story.Tell(Failed).Transaction!.Told());
        Assert.Equal(ClosedAs.Settled, _story.Invoice.Closed!.As);
    }

    [Fact]
    public void A_word_that_comes_after_its_outcome_is_no_news()
    {
        var part = new LedgerStory(LedgerStory.Chased);
        var begun = LedgerStory.Now.AddHours(-2);
        part.Tell(Payment, 50_00);

        var late = part.Apply(
            new SourcedPaymentChange(
                "stripe",
                new PaymentEvent("evt_0", "any", begun, true, []),
                new PaymentChange(InFlight, "pi_1", [], [], null)
            ),
            null,
            LedgerStory.Now
        );

        Assert.Equal((null, TestData.Eur(69_00)), (part.Invoice.Pending, part.Invoice.OpenAmount));
        Assert.Empty(late.Transaction!.Told());
    }

    [Fact]
    public void Said_again_later_a_payment_on_its_way_is_waited_for_longer()
    {
        _story.Tell(InFlight, 119_00);
        var later = LedgerStory.Now.AddDays(4);

        _story.Apply(LedgerStory.Told(InFlight, 119_00, later), null, later);

        Assert.Equal(TestData.Time("2026-02-21T00:00Z"), _story.Invoice.Pending?.Until);
    }

    [Fact]
    public void A_dispute_at_the_provider_stops_the_chase()
    {
        _story.Tell(PaymentChangeKind.Dispute, 119_00, "dp_1");

        Assert.Equal((null, "disputed at stripe"), (_story.Invoice.Next, _story.Invoice.Dispute!.Reason));
    }

    [Fact]
    public void A_dispute_about_a_settled_invoice_leaves_it_closed_and_is_told()
    {
        _story.Tell(Payment, 119_00);

        Assert.Equal([EventKind.Disputed], _story.Tell(PaymentChangeKind.Dispute, 119_00, "dp_1").Transaction!.Told());
        Assert.Equal(ClosedAs.Settled, _story.Invoice.Closed!.As);
    }

    [Fact]
    public void Voided_at_the_provider_it_is_closed_without_a_thank_you()
    {
        var settlement = _story.Tell(Stop);

        Assert.Equal((ClosedAs.Void, "voided at stripe"), (_story.Invoice.Closed!.As, _story.Invoice.Closed.Reason));
        Assert.Equal([EventKind.Voided], settlement.Transaction!.Told());
        Assert.Empty(_story.Notices);
    }

    public static TheoryData<PaymentChangeKind, long?, string> EveryKind =>
        new()
        {
            { Payment, 119_00, "EUR" },
            { Payment, 1_00, "EUR" },
            { PaymentTotal, 119_00, "EUR" },
            { Refund, 1_00, "EUR" },
            { RefundTotal, 1_00, "EUR" },
            { Chargeback, 1_00, "EUR" },
            { ChargebackReversed, 0, "EUR" },
            { InFlight, null, "EUR" },
            { Failed, null, "EUR" },
            { PaymentChangeKind.Dispute, null, "EUR" },
            { Stop, null, "EUR" },
            { Payment, 1_00, "USD" },
        };

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void The_mark_of_the_event_is_taken_off_whatever_it_says_and_the_others_stay(
        PaymentChangeKind kind,
        long? minor,
        string currency
    )
    {
        var marked = new LedgerStory(LedgerStory.Chased with { PendingPayments = ["mine", "other"] });

        marked.Tell(kind, minor, currency: currency, seen: "mine");
        Assert.Equal(["other"], marked.Invoice.PendingPayments);
    }

    [Fact]
    public void The_mark_is_taken_off_by_a_repeat_and_on_a_closed_invoice_too()
    {
        var fact = LedgerStory.Told(Payment, 119_00, LedgerStory.Now);
        var settled = LedgerStory.Settle(LedgerStory.Chased, Payment, LedgerStory.Now).Transaction!.One<Invoice>();

        var repeated = Settlement.Decide(
            TestData.Stored(settled with { PendingPayments = ["again"] }),
            TestData.Book(TestData.Customer()),
            [TestData.Stored(fact.Entry(settled)!)],
            fact,
            "again",
            Rules.Default,
            LedgerStory.Now
        );

        Assert.Empty(repeated.Transaction!.One<Invoice>().PendingPayments);
        Assert.Empty(repeated.Transaction!.Told());
    }
}
