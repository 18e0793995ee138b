using Dunning.Invoices;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

public sealed class IntakeDecisionTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-01-03T10:00Z");
    private static readonly InvoiceDocument _sent = TestData.Document("2026-02-02");

    [Fact]
    public void A_new_invoice_adds_its_customer_its_agenda_row_and_an_event()
    {
        var decision = Decide(_sent);

        Assert.Equal(IntakeOutcome.Created, decision.Outcome);
        Assert.Equal(
            new NextStep(new StepId("courtesy"), TestData.Time("2026-01-26T09:00Z"), IsUpcoming: true),
            decision.Invoice.Dunning.Next
        );
        Assert.Equal(("default", 2), (decision.Invoice.Dunning.Policy.Name, decision.Invoice.Dunning.Policy.Version));
        Assert.Equal(
            (TestData.Day("2026-02-02"), false, _now),
            (decision.Invoice.Document.DueDate, decision.Invoice.Document.DueDateIsDefault, decision.Invoice.AcceptedAt)
        );
        Assert.Equal(
            (TestData.Eur(119_00), TestData.Eur(119_00), TestData.Eur(0)),
            (decision.Invoice.OpenAmount, decision.Invoice.Payments.OriginalAmount, decision.Invoice.Payments.Paid)
        );
        Assert.Equal("ap@buyer.example", decision.Transaction!.One<Customer>().Email);
        Assert.Equal([EventKind.Accepted], decision.Transaction!.EventKinds());
        Assert.Equal(4, decision.Transaction!.Inserted().Distinct().Count());
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        var again = Decide(_sent, Decide(_sent), "2026-01-10T10:00Z");

        Assert.Equal((IntakeOutcome.Unchanged, null), (again.Outcome, again.Transaction));
    }

    [Fact]
    public void A_document_older_than_the_stored_one_is_ignored_and_a_newer_one_applies()
    {
        var first = Decide(_sent with { UpdatedAt = _now });

        var older = Decide(_sent with { UpdatedAt = _now.AddSeconds(-1), AmountDue = TestData.Eur(1) }, first);
        var newer = Decide(_sent with { UpdatedAt = _now.AddSeconds(1), AmountDue = TestData.Eur(1) }, first);
        var sameInstant = Decide(_sent with { UpdatedAt = _now, AmountDue = TestData.Eur(1) }, first);
        var undated = Decide(_sent with { AmountDue = TestData.Eur(1) }, first);

        Assert.Equal(
            (IntakeOutcome.IgnoredStale, null, TestData.Eur(119_00)),
            (older.Outcome, older.Transaction, older.Invoice.OpenAmount)
        );
        Assert.Equal((IntakeOutcome.Updated, TestData.Eur(1)), (newer.Outcome, newer.Invoice.OpenAmount));
        Assert.Equal(IntakeOutcome.Updated, sameInstant.Outcome);
        Assert.Equal((IntakeOutcome.Updated, _now), (undated.Outcome, undated.Invoice.Document.UpdatedAt));
    }

    [Theory]
    [InlineData(69_00, "first", "second")]
    // A raised amount is explained by the friendly reminder before anything firmer is said.
    [InlineData(150_00, null, "first")]
    public void A_new_amount_is_owed_and_the_schedule_continues(long sent, string? step, string next)
    {
        var climbed = Change(Decide(_sent), i => i with { Dunning = i.Dunning with { Step = new("first") } });

        var updated = Decide(_sent with { AmountDue = TestData.Eur(sent) }, climbed, "2026-02-06T10:00Z");

        Assert.Equal(
            (TestData.Eur(sent), step, next),
            (updated.Invoice.OpenAmount, updated.Invoice.Dunning.Step?.Value, updated.Invoice.Dunning.Next!.Step.Value)
        );
        Assert.Equal([EventKind.Updated], updated.Transaction!.EventKinds());
        Assert.Contains(
            $"{TestData.Eur(sent)} owed instead of 119.00 EUR",
            updated.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_payment_that_both_the_ledger_and_the_source_know_counts_once()
    {
        var partPaid = Change(Decide(_sent), i => i with { Payments = i.Payments with { Paid = TestData.Eur(50_00) } });

        Assert.Equal(TestData.Eur(69_00), partPaid.Invoice.OpenAmount);
        Assert.Equal(TestData.Eur(69_00), Decide(_sent with { Tags = ["resent"] }, partPaid).Invoice.OpenAmount);
        Assert.Equal(
            TestData.Eur(69_00),
            Decide(_sent with { AmountDue = TestData.Eur(69_00) }, partPaid).Invoice.OpenAmount
        );
        Assert.Equal(
            TestData.Eur(49_00),
            Decide(_sent with { AmountDue = TestData.Eur(49_00) }, partPaid).Invoice.OpenAmount
        );
    }

    [Fact]
    public void An_amount_that_the_source_has_lowered_is_settled_when_that_amount_is_paid()
    {
        var lowered = Decide(_sent with { AmountDue = TestData.Eur(69_00) }, Decide(_sent));

        Assert.False(
            (lowered.Invoice with { Payments = lowered.Invoice.Payments with { Paid = TestData.Eur(69_00) } })
                .OpenAmount
                .IsPositive
        );
    }

    [Theory]
    [InlineData(SourceStatus.Paid, ClosedAs.Settled)]
    [InlineData(SourceStatus.Void, ClosedAs.Void)]
    [InlineData(SourceStatus.WrittenOff, ClosedAs.WrittenOff)]
    public void What_its_source_has_closed_is_closed_here_and_leaves_the_agenda(SourceStatus status, ClosedAs closed)
    {
        var open = Decide(_sent);

        var decision = Decide(_sent with { Status = status }, open, "2026-01-20T10:00Z");

        Assert.Equal(new Closed(closed, TestData.Time("2026-01-20T10:00Z"), ClosedBy.Source), decision.Invoice.Closed);
        Assert.Null(decision.Invoice.Dunning.Next);
        Assert.Contains(open.Invoice.AgendaKey!, decision.Transaction!.Deleted());
        Assert.Contains(Keys.Closed(open.Invoice.Id), decision.Transaction!.Inserted());
    }

    [Theory]
    [InlineData(SourceStatus.Paid, true)]
    [InlineData(SourceStatus.Void, false)]
    [InlineData(SourceStatus.WrittenOff, false)]
    public void What_its_source_calls_paid_is_thanked_for_once(SourceStatus status, bool thanked)
    {
        var decision = Decide(_sent with { Status = status }, Decide(_sent), "2026-01-20T10:00Z");

        Assert.Equal(thanked, decision.Transaction!.PlannedNotices is [{ Tone: NoticeTone.ThankYou, Lines.Count: 1 }]);
        Assert.Equal(decision.Transaction!.PlannedNotices, decision.Transaction!.All<Notice>());
        Assert.Empty(
            Decide(
                _sent with
                {
                    Status = status,
                    Tags = ["resent"],
                },
                decision,
                "2026-01-25T10:00Z"
            ).Transaction!.PlannedNotices
        );
    }

    [Fact]
    public void An_invoice_that_was_paid_before_it_arrived_is_not_thanked_for() =>
        Assert.Empty(Decide(_sent with { Status = SourceStatus.Paid }).Transaction!.PlannedNotices);

    [Fact]
    public void An_invoice_that_is_closed_already_keeps_its_closing_date()
    {
        var paid = Decide(_sent with { Status = SourceStatus.Paid }, Decide(_sent), "2026-01-20T10:00Z");

        var resent = Decide(_sent with { Status = SourceStatus.Paid, Tags = ["resent"] }, paid, "2026-01-25T10:00Z");

        Assert.Equal(TestData.Time("2026-01-20T10:00Z"), resent.Invoice.Closed!.On);
    }

    [Fact]
    public void An_invoice_reopened_by_its_source_gets_reminders_again()
    {
        var paid = Decide(_sent with { Status = SourceStatus.Paid }, Decide(_sent));

        var reopened = Decide(_sent, paid, "2026-02-03T10:00Z");

        Assert.Null(reopened.Invoice.Closed);
        Assert.Equal("first", reopened.Invoice.Dunning.Next!.Step.Value);
        Assert.Contains(Keys.Invoice(reopened.Invoice.Id), reopened.Transaction!.Inserted());
    }

    [Fact]
    public void What_a_person_has_voided_stays_void_whatever_its_source_sends()
    {
        var voided = Change(Decide(_sent), i => InvoiceChanges.Void(i, new("sent in error", null), _now).Item1!);

        Assert.Equal(ClosedAs.Void, Decide(_sent with { Tags = ["resent"] }, voided).Invoice.Closed?.As);
    }

    [Fact]
    public void A_dispute_at_the_source_stops_reminders_and_keeps_its_start()
    {
        var disputed = Decide(_sent with { Status = SourceStatus.Disputed }, Decide(_sent));
        var resent = Decide(
            _sent with
            {
                Status = SourceStatus.Disputed,
                Tags = ["resent"],
            },
            disputed,
            "2026-02-20T10:00Z"
        );

        Assert.Null(disputed.Invoice.Dunning.Next);
        Assert.Equal(new Dispute(DisputeReason.ReportedBySource, _now), disputed.Invoice.Dunning.Dispute);
        Assert.Equal(disputed.Invoice.Dunning.Dispute, resent.Invoice.Dunning.Dispute);
    }

    [Fact]
    public void A_credit_note_is_stored_and_gets_no_reminders()
    {
        var note = Decide(_sent with { Kind = InvoiceKind.CreditNote, AmountDue = TestData.Eur(-20_00) });

        Assert.Equal((ClosedAs.Credited, null), (note.Invoice.Closed!.As, note.Invoice.Dunning.Next));
        Assert.DoesNotContain(note.Transaction!.Inserted(), key => key[0] is 'a' or 'u');
    }

    [Fact]
    public void Where_nothing_is_owed_there_are_no_reminders() =>
        Assert.Equal(ClosedAs.Settled, Decide(_sent with { AmountDue = TestData.Eur(0) }).Invoice.Closed!.As);

    [Fact]
    public void Without_a_due_date_the_terms_of_the_policy_apply_and_are_reported()
    {
        var decision = Decide(_sent with { DueDate = null });

        Assert.Equal(
            (TestData.Day("2026-02-02"), true),
            (decision.Invoice.Document.DueDate, decision.Invoice.Document.DueDateIsDefault)
        );
        Assert.Contains(
            "due 2026-02-02 (default terms)",
            decision.Transaction!.One<InvoiceEvent>().What,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_a_contact_it_waits_with_an_event_and_with_one_it_gets_reminders()
    {
        var silent = _sent with { Customer = _sent.Customer with { Email = null } };
        var waiting = Decide(silent);
        Assert.Null(waiting.Invoice.Dunning.Next);
        Assert.Equal("needsContact", waiting.Invoice.StateFor(waiting.Customer));
        Assert.Contains("no contact", waiting.Transaction!.One<InvoiceEvent>().What, StringComparison.Ordinal);

        var found = Decide(_sent, waiting, "2026-01-10T10:00Z");

        Assert.Equal("courtesy", found.Invoice.Dunning.Next!.Step.Value);
        Assert.Equal("ap@buyer.example", Decide(silent with { Tags = ["resent"] }, found).Customer.Email);
    }

    [Fact]
    public void An_invoice_whose_payment_arrived_first_is_not_demanded()
    {
        var decision = Decide(_sent, awaiting: ["evt_1"]);

        Assert.Equal(["evt_1"], decision.Invoice.Payments.PendingPayments);
        Assert.NotNull(decision.Invoice.BlockAt(_now));
        Assert.Equal(
            ["evt_1"],
            Decide(_sent with { Tags = ["resent"] }, decision, awaiting: ["evt_1"]).Invoice.Payments.PendingPayments
        );
    }

    private static InvoiceId Id => InvoiceId.Create(TestData.CustomerId, "api", _sent.ExternalId);

    private static IntakeDecision Decide(
        InvoiceDocument document,
        IntakeDecision? known = null,
        string? now = null,
        string[]? awaiting = null
    ) =>
        IntakeDecision.Decide(
            document,
            new StoredInvoice(
                Id,
                known is null ? null : TestData.Account(known.Customer, known.Invoice),
                known is null ? null : TestData.Versioned(known.Invoice)
            )
            {
                AwaitingPayments = awaiting ?? [],
            },
            Rules.Default,
            now is null ? _now : TestData.Time(now)
        );

    private static IntakeDecision Change(IntakeDecision known, Func<Invoice, Invoice> change) =>
        known with
        {
            Invoice = change(known.Invoice),
        };
}
