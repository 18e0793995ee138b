using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>Events that move no money, and the pending payment mark of every event.</summary>
public sealed class SettlementEventTests
{
    private readonly LedgerScenario _scenario = new(LedgerScenario.RemindedInvoice);

    [Fact]
    public void A_payment_in_another_currency_pauses_reminders_for_manual_review()
    {
        var settlement = _scenario.Apply(Payment, 119_00, currency: "USD");

        Assert.Contains("USD", settlement.ManualReviewReason, StringComparison.Ordinal);
        Assert.Equal(
            (TestData.Eur(119_00), LedgerScenario.Now.AddDays(2)),
            (_scenario.Invoice.OpenAmount, _scenario.Invoice.Payments.Pending?.Until)
        );
        Assert.Equal(DunningBlock.PaymentPending, _scenario.Invoice.BlockAt(LedgerScenario.Now));
        Assert.Empty(_scenario.Ledger);
    }

    [Fact]
    public void A_payment_on_its_way_pauses_and_its_arrival_settles()
    {
        _scenario.Apply(InFlight, 119_00);
        Assert.Equal(TestData.Time("2026-02-18T00:00Z"), _scenario.Invoice.Payments.Pending?.Until);
        Assert.Equal(
            (null, TestData.Time("2026-02-18T09:00Z")),
            (_scenario.Invoice.Closed, _scenario.Invoice.Dunning.Next!.At)
        );
        Assert.Equal(TestData.Eur(0), _scenario.Invoice.Payments.Paid);

        _scenario.Apply(Payment, 119_00);
        Assert.Equal(ClosedAs.Settled, _scenario.Invoice.Closed!.As);
    }

    [Fact]
    public void A_payment_on_its_way_is_waited_for_longer_than_the_next_step() =>
        Assert.Equal(
            TestData.Time("2026-02-23T09:00Z"),
            LedgerScenario
                .DecideFirst(LedgerScenario.RemindedInvoice, InFlight, TestData.Time("2026-02-15T10:00Z"))
                .Transaction.One<Invoice>()
                .Dunning.Next!.At
        );

    [Fact]
    public void After_a_failed_payment_reminders_continue()
    {
        _scenario.Apply(InFlight, 119_00);

        var settlement = _scenario.Apply(Failed);

        Assert.Equal((null, null), (_scenario.Invoice.Payments.Pending?.Until, _scenario.Invoice.Closed));
        Assert.Equal([EventKind.PaymentFailed], settlement.Transaction.EventKinds());
        Assert.NotNull(_scenario.Invoice.Dunning.Next);
    }

    [Fact]
    public void Another_attempt_that_failed_does_not_end_the_wait_for_the_one_that_did_not()
    {
        _scenario.Apply(InFlight, 119_00, "pi_2");
        _scenario.Apply(Failed, id: "pi_1");

        Assert.Equal("pi_2", _scenario.Invoice.Payments.Pending?.ObjectId);
    }

    [Fact]
    public void A_late_event_about_a_pending_payment_does_not_change_a_settled_invoice()
    {
        _scenario.Apply(Payment, 119_00);

        Assert.Empty(_scenario.Apply(InFlight, 119_00).Transaction.EventKinds());
        Assert.Empty(_scenario.Apply(Failed).Transaction.EventKinds());
        Assert.Equal(ClosedAs.Settled, _scenario.Invoice.Closed!.As);
    }

    [Fact]
    public void A_late_event_of_a_finished_payment_changes_nothing()
    {
        var part = new LedgerScenario(LedgerScenario.RemindedInvoice);
        var begun = LedgerScenario.Now.AddHours(-2);
        part.Apply(Payment, 50_00);

        var late = part.Apply(
            new SourcedPaymentChange(
                "stripe",
                new PaymentEvent("evt_0", "any", begun, true, []),
                new PaymentChange(InFlight, "pi_1", [], [], null)
            ),
            LedgerScenario.Now
        );

        Assert.Equal((null, TestData.Eur(69_00)), (part.Invoice.Payments.Pending, part.Invoice.OpenAmount));
        Assert.Empty(late.Transaction.EventKinds());
    }

    [Fact]
    public void A_pending_payment_reported_again_later_extends_the_pause()
    {
        _scenario.Apply(InFlight, 119_00);
        var later = LedgerScenario.Now.AddDays(4);

        _scenario.Apply(LedgerScenario.CreateChange(InFlight, 119_00, later), later);

        Assert.Equal(TestData.Time("2026-02-21T00:00Z"), _scenario.Invoice.Payments.Pending?.Until);
    }

    [Fact]
    public void A_dispute_at_the_provider_stops_reminders()
    {
        _scenario.Apply(PaymentChangeKind.Dispute, 119_00, "dp_1");

        Assert.Equal(
            (null, DisputeReason.PaymentDisputed, "stripe"),
            (
                _scenario.Invoice.Dunning.Next,
                _scenario.Invoice.Dunning.Dispute!.Reason,
                _scenario.Invoice.Dunning.Dispute.Provider
            )
        );
    }

    [Fact]
    public void A_dispute_about_a_settled_invoice_leaves_it_closed_and_adds_an_event()
    {
        _scenario.Apply(Payment, 119_00);

        Assert.Equal(
            [EventKind.Disputed],
            _scenario.Apply(PaymentChangeKind.Dispute, 119_00, "dp_1").Transaction.EventKinds()
        );
        Assert.Equal(ClosedAs.Settled, _scenario.Invoice.Closed!.As);
    }

    [Fact]
    public void Voided_at_the_provider_it_is_closed_without_a_thank_you()
    {
        var settlement = _scenario.Apply(Stop);

        Assert.Equal((ClosedAs.Void, ClosedBy.Provider), (_scenario.Invoice.Closed!.As, _scenario.Invoice.Closed.By));
        Assert.Equal([EventKind.Voided], settlement.Transaction.EventKinds());
        Assert.Empty(_scenario.Notices);
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
    public void Every_kind_of_change_leaves_the_pending_payment_marks_as_they_are(
        PaymentChangeKind kind,
        long? minor,
        string currency
    )
    {
        var marked = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Payments = LedgerScenario.RemindedInvoice.Payments with { PendingPayments = ["mine", "other"] },
            }
        );

        marked.Apply(kind, minor, currency: currency);
        Assert.Equal(["mine", "other"], marked.Invoice.Payments.PendingPayments);
    }

    [Fact]
    public void A_repeat_on_a_closed_invoice_leaves_the_marks_and_adds_no_event()
    {
        var change = LedgerScenario.CreateChange(Payment, 119_00, LedgerScenario.Now);
        var settled = LedgerScenario
            .DecideFirst(LedgerScenario.RemindedInvoice, Payment, LedgerScenario.Now)
            .Transaction.One<Invoice>();

        var repeated = Settlement.Decide(
            new DunningContext(TestData.Customer(), Rules.Default, LedgerScenario.Now),
            new PaidInvoice(
                TestData.Versioned(settled with { Payments = settled.Payments with { PendingPayments = ["again"] } }),
                TestData.Account(TestData.Customer()),
                [TestData.Versioned(change.Entry(settled)!)]
            ),
            change
        );

        Assert.Equal(["again"], repeated.Transaction.One<Invoice>().Payments.PendingPayments);
        Assert.Empty(repeated.Transaction.EventKinds());
    }
}
