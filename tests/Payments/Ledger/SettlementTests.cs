using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments.Ledger;

public sealed class SettlementTests
{
    private readonly LedgerScenario _scenario = new(LedgerScenario.RemindedInvoice);

    [Fact]
    public void Paid_in_full_it_is_settled_and_thanked_for()
    {
        var settlement = _scenario.Apply(Payment, 119_00);

        Assert.Equal(new Closed(ClosedAs.Settled, LedgerScenario.Now, ClosedBy.Ledger), _scenario.Invoice.Closed);
        Assert.Equal((TestData.Eur(0), null), (_scenario.Invoice.OpenAmount, _scenario.Invoice.Dunning.Next));
        Assert.Equal([EventKind.Paid, EventKind.Settled], settlement.Transaction!.EventKinds());
        Assert.Contains(LedgerScenario.RemindedInvoice.AgendaKey!, settlement.Transaction!.Deleted());
        var thanks = Assert.Single(settlement.Transaction.PlannedNotices);
        Assert.Equal(
            (NoticeTone.ThankYou, Channel.Email, LedgerScenario.Now),
            (thanks.Tone, thanks.Channel, thanks.NotBefore)
        );
        Assert.Equal([new NoticeLine(LedgerScenario.RemindedInvoice.Id.Invoice, new StepId("second"))], thanks.Lines);
    }

    [Fact]
    public void After_a_part_payment_reminders_continue_for_the_rest()
    {
        var settlement = _scenario.Apply(Payment, 50_00);

        Assert.Equal(
            (TestData.Eur(69_00), null, "third"),
            (_scenario.Invoice.OpenAmount, _scenario.Invoice.Closed, _scenario.Invoice.Dunning.Next!.Step.Value)
        );
        Assert.True(_scenario.Invoice.IsPartPaid);
        Assert.Equal([EventKind.Paid], settlement.Transaction!.EventKinds());
        Assert.Contains(
            "69.00 EUR is still owed",
            settlement.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );
        Assert.Empty(_scenario.Notices);
    }

    [Fact]
    public void Two_parts_settle_it_and_thank_once()
    {
        _scenario.Apply(Payment, 50_00);
        _scenario.Apply(Payment, 69_00, "pi_2");

        Assert.Equal(ClosedAs.Settled, _scenario.Invoice.Closed!.As);
        Assert.Single(_scenario.Notices);
        Assert.Equal(2, _scenario.Ledger.Count);
    }

    [Fact]
    public void An_overpayment_settles_and_the_event_names_the_credit()
    {
        var settlement = _scenario.Apply(Payment, 120_00);

        Assert.Equal(
            (ClosedAs.Settled, TestData.Eur(-1_00)),
            (_scenario.Invoice.Closed!.As, _scenario.Invoice.OpenAmount)
        );
        Assert.Contains(
            settlement.Transaction!.All<InvoiceEvent>(),
            e => e.What.StartsWith("Settled; overpaid by 1.00 EUR", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_same_payment_reported_twice_counts_and_is_thanked_for_once()
    {
        var change = new SourcedPaymentChange(
            "stripe",
            new PaymentEvent("evt_1", "any", LedgerScenario.Now, true, []),
            new PaymentChange(Payment, "pi_1", [], [], TestData.Eur(119_00))
        );
        _scenario.Apply(change, LedgerScenario.Now);

        var again = _scenario.Apply(change, LedgerScenario.Now.AddDays(1));

        Assert.Empty(again.Transaction!.EventKinds());
        Assert.Empty(again.Transaction!.All<LedgerEntry>());
        Assert.Equal(TestData.Eur(119_00), _scenario.Invoice.Payments.Paid);
        Assert.Single(_scenario.Notices);
    }

    [Theory]
    [InlineData(ClosedAs.Void)]
    [InlineData(ClosedAs.WrittenOff)]
    public void A_payment_of_a_void_invoice_is_recorded_and_does_not_reopen_it(ClosedAs closed)
    {
        var given = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Dunning = LedgerScenario.RemindedInvoice.Dunning with { Next = null },
                Closed = new(closed, LedgerScenario.Now, ClosedBy.Person),
            }
        );

        var settlement = given.Apply(Payment, 50_00);

        Assert.Equal((closed, TestData.Eur(50_00)), (given.Invoice.Closed!.As, given.Invoice.Payments.Paid));
        Assert.Equal([EventKind.Paid], settlement.Transaction!.EventKinds());
        Assert.Empty(given.Notices);
    }

    [Fact]
    public void A_part_payment_does_not_open_what_its_source_has_reported_as_paid()
    {
        var paid = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Dunning = LedgerScenario.RemindedInvoice.Dunning with { Next = null },
                Closed = new(ClosedAs.Settled, LedgerScenario.Now, ClosedBy.Source),
            }
        );

        paid.Apply(Payment, 50_00);

        Assert.Equal((ClosedAs.Settled, null), (paid.Invoice.Closed?.As, paid.Invoice.Dunning.Hold));
    }

    [Fact]
    public void Settled_it_is_neither_on_hold_nor_in_dispute()
    {
        var paused = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Dunning = LedgerScenario.RemindedInvoice.Dunning with
                {
                    Hold = new(HoldReason.Requested, LedgerScenario.Now, null) { Text = "asked" },
                    Dispute = new(DisputeReason.Reported, LedgerScenario.Now) { Text = "wrong" },
                },
            }
        );

        paused.Apply(Payment, 119_00);

        Assert.Equal(
            (ClosedAs.Settled, null, null),
            (paused.Invoice.Closed!.As, paused.Invoice.Dunning.Hold, paused.Invoice.Dunning.Dispute)
        );
    }

    [Fact]
    public void A_part_payment_does_not_end_a_dispute()
    {
        var paused = new LedgerScenario(
            LedgerScenario.RemindedInvoice with
            {
                Dunning = LedgerScenario.RemindedInvoice.Dunning with
                {
                    Next = null,
                    Dispute = new(DisputeReason.Reported, LedgerScenario.Now) { Text = "wrong" },
                },
            }
        );

        paused.Apply(Payment, 50_00);

        Assert.Equal(("wrong", null), (paused.Invoice.Dunning.Dispute!.Text, paused.Invoice.Dunning.Next));
    }

    [Fact]
    public void Without_a_mail_address_there_is_no_thank_you()
    {
        var phoneOnly = new LedgerScenario(LedgerScenario.RemindedInvoice)
        {
            Customer = TestData.Customer() with { Email = null, Phone = "+442071234567" },
        };

        phoneOnly.Apply(Payment, 119_00);

        Assert.Equal(ClosedAs.Settled, phoneOnly.Invoice.Closed!.As);
        Assert.Empty(phoneOnly.Notices);
    }

    [Theory]
    [InlineData(NoticeState.Planned, 2)]
    [InlineData(NoticeState.Sending, 1)]
    public void A_thank_you_that_is_not_sent_yet_includes_the_next_invoice(NoticeState state, int lines)
    {
        var first = LedgerScenario
            .DecideFirst(TestData.Invoice("2026-02-02", "first"), Payment, LedgerScenario.Now)
            .Transaction.PlannedNotices[0] with
        {
            State = state,
        };
        var second = new LedgerScenario(LedgerScenario.RemindedInvoice) { Outbox = [TestData.Versioned(first)] };

        var settlement = second.Apply(Payment, 119_00);

        Assert.Equal(lines == 2 ? 0 : 1, settlement.Transaction.PlannedNotices.Count);
        Assert.Equal(lines, settlement.Transaction!.One<Notice>().Lines.Count);
        Assert.Contains(
            LedgerScenario.RemindedInvoice.Id.Invoice,
            settlement.Transaction!.One<Notice>().Lines.Select(l => l.InvoiceId)
        );
    }

    [Fact]
    public void A_thank_you_waits_for_the_morning() =>
        Assert.Equal(
            TestData.Time("2026-02-11T08:00Z"),
            Assert
                .Single(
                    LedgerScenario
                        .DecideFirst(LedgerScenario.RemindedInvoice, Payment, TestData.Time("2026-02-10T22:00Z"))
                        .Transaction.PlannedNotices
                )
                .NotBefore
        );
}
