using System.Text.Json.Serialization;
using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>
/// One invoice as it is stored. Every change replaces the row by its ETag, in one transaction with the rows derived
/// from it and the events about it.
/// </summary>
public sealed record Invoice : StoredRecord
{
    /// <summary>More than any law counts.</summary>
    private const int MaxReminders = 20;

    public required InvoiceId Id { get; init; }
    public required string Source { get; init; }
    public required string ExternalId { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required Document Document { get; init; }

    /// <summary>The files that belong to it, in the order of the source.</summary>
    public IReadOnlyList<SupportingDocument> SupportingDocuments { get; init; } = [];

    /// <summary>Null for none.</summary>
    public PersonalLine? PersonalLine { get; init; }
    public required DunningState Dunning { get; init; }
    public required PaymentState Payments { get; init; }
    public Agreements Agreements { get; init; } = new();
    public Closed? Closed { get; init; }

    /// <summary>
    /// How often the row was saved: puts the changes in order, also where the clocks of two instances differ.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>
    /// When the personal data were erased, UTC: only amounts, dates and numbers are left, and no reminder is sent.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>
    /// Id of the customer from which the invoice is being moved. Until that is complete, a payment may still arrive
    /// there, so nothing is demanded here.
    /// </summary>
    public CustomerId? MovedFrom { get; init; }

    /// <summary>Tasks that wait for a person; see <see cref="WaitingFollowUps"/> for all that does.</summary>
    public IReadOnlyList<OpenFollowUp> FollowUps { get; init; } = [];

    /// <summary>
    /// Keys of the index rows that list it for a person. Stored, because a row that an earlier release wrote has none.
    /// </summary>
    public IReadOnlyList<string> FollowUpKeys { get; init; } = [];

    /// <summary>
    /// What is owed: the smaller of two calculations, so that no payment known to the source or to the ledger is
    /// demanded again. First: the source's amount due minus what was paid and written off since. The source may or may
    /// not have included what was before, hence the second: the original amount minus everything in the ledger. A
    /// negative balance (a refund recorded before its payment) never raises the second above the original amount.
    /// What was charged comes on top of both: the source does not know of it.
    /// </summary>
    [JsonIgnore]
    public Money OpenAmount => Unpaid - ToleratedShortfall;

    /// <summary>
    /// The unpaid rest of a part payment, if it is within the policy's tolerance (a bank's fee, for example); else
    /// zero.
    /// </summary>
    [JsonIgnore]
    public Money ToleratedShortfall =>
        Payments.Paid.IsPositive && Unpaid.IsPositive && Unpaid.Minor <= Payments.Tolerance
            ? Unpaid
            : Money.Zero(Unpaid.Currency);

    /// <summary>What is not paid: less the discount for early payment, which never makes it negative.</summary>
    private Money Unpaid =>
        Payments.Discount is { } discount && UnpaidBeforeDiscount is { IsPositive: true } unpaid
            ? unpaid - Money.Min(discount, unpaid)
            : UnpaidBeforeDiscount;
    private Money UnpaidBeforeDiscount =>
        Money.Min(
            Document.AmountDue - (Payments.Paid + WrittenOff - Payments.PaidWhenSent),
            Payments.OriginalAmount - WrittenOff - Money.Max(Payments.Paid, Money.Zero(Payments.Paid.Currency))
        ) + Charged;

    /// <summary>
    /// The smallest sum of payments with which nothing is owed, even if what was written off is taken back.
    /// </summary>
    [JsonIgnore]
    public Money AmountThatSettles => Money.Min(Document.AmountDue + Payments.PaidWhenSent, Payments.OriginalAmount);

    /// <summary>What a person gave up of the claim.</summary>
    [JsonIgnore]
    public Money WrittenOff => Payments.WrittenOff ?? Money.Zero(Payments.OriginalAmount.Currency);

    /// <summary>Interest, fixed sums and fees that were added to the claim.</summary>
    [JsonIgnore]
    public Money Charged => Payments.Charged ?? Money.Zero(Payments.OriginalAmount.Currency);

    [JsonIgnore]
    public bool IsPartPaid => Payments.Paid.IsPositive && OpenAmount.IsPositive;

    /// <summary>What is owed and not in dispute.</summary>
    [JsonIgnore]
    public Money UndisputedAmount =>
        Dunning.Dispute switch
        {
            null => OpenAmount,
            { Amount: { } disputed } when OpenAmount > disputed => OpenAmount - disputed,
            _ => Money.Zero(OpenAmount.Currency),
        };

    /// <summary>The part of what is owed that the customer has promised to pay; zero without a promise.</summary>
    [JsonIgnore]
    public Money PromisedAmount =>
        Agreements.Promise is { } promise
            ? Money.Min(promise.Amount ?? OpenAmount, OpenAmount)
            : Money.Zero(OpenAmount.Currency);

    [JsonIgnore]
    public Money DisputedAmount => OpenAmount - UndisputedAmount;

    /// <summary>
    /// The due date of all that is owed: the document's, unless a later one was agreed, or a broken plan made the rest
    /// fall due before.
    /// </summary>
    [JsonIgnore]
    public DateOnly AgreedDueDate
    {
        get
        {
            var due =
                Agreements.Extension?.DueDate is { } extended && extended > Document.DueDate
                    ? extended
                    : Document.DueDate;
            return
                Agreements.Plan?.BrokenAt is { } broken
                && DateOnly.FromDateTime(broken.UtcDateTime) is var brokenOn
                && brokenOn < due
                ? brokenOn
                : due;
        }
    }

    /// <summary>The first open part of a plan that stands; null without one, or when it is paid.</summary>
    [JsonIgnore]
    public PlanPart? CurrentPart =>
        Closed is null
        && Agreements.Plan is { Stands: true } plan
        && plan.OpenParts(UndisputedAmount) is [var first, ..]
            ? first
            : null;

    /// <summary>
    /// The current part of a plan was not paid within the grace: it is chased as an invoice without a plan is.
    /// </summary>
    [JsonIgnore]
    public bool IsPartMissed => CurrentPart is { } part && Agreements.Plan!.MissedPart == part.Number;

    /// <summary>
    /// The due date of what is demanded next: of the first open part of a plan that has one, else of all that is owed.
    /// </summary>
    [JsonIgnore]
    public DateOnly DueDate => CurrentPart?.DueDate ?? AgreedDueDate;

    /// <summary>The creditor collects the money, and no attempt has failed.</summary>
    [JsonIgnore]
    public bool IsCollected => Document.Collection is not null && Payments.CollectionFailedAt is null;

    /// <summary>It may be another customer's, and a person is asked.</summary>
    [JsonIgnore]
    public bool IsUncertain => Dunning.Hold?.Reason is HoldReason.CustomerUncertain;

    /// <summary>It counts as a sale, or, as a credit note, against the sales: see <see cref="Sale"/>.</summary>
    [JsonIgnore]
    public bool IsSale => Closed?.As is not (ClosedAs.Void or ClosedAs.NoClaim or ClosedAs.Replaced);

    /// <summary>What was sold: the amount of the document, negative for a credit note.</summary>
    [JsonIgnore]
    public Money Sale =>
        (Document.AmountTotal ?? Payments.OriginalAmount) is var amount && Document.Kind is InvoiceKind.CreditNote
            ? -amount
            : amount;

    /// <summary>All that waits for a person: the stored tasks, and what follows from the state.</summary>
    [JsonIgnore]
    public IEnumerable<OpenFollowUp> WaitingFollowUps =>
        MovedFrom is not null ? []
        : ErasedAt is not null ? ReportFollowUps()
        : Closed is not null ? FollowUps.Where(followUp => followUp.OutlivesClosing).Concat(ReportFollowUps())
        : FollowUps
            .Where(followUp => followUp.Kind is not FollowUpKind.NoContact || Dunning.NoContactSince is null)
            .Concat(StateFollowUps())
            .Concat(ReportFollowUps());

    private IEnumerable<OpenFollowUp> StateFollowUps()
    {
        if (Dunning.Hold is { } hold && KindOf(hold.Reason) is { } kind)
            yield return new OpenFollowUp(kind, hold.Since, hold.Since) { Step = hold.ApprovalFor };
        if (Dunning.Dispute is { } dispute)
            yield return new OpenFollowUp(FollowUpKind.Dispute, dispute.Since, dispute.Since) { Text = dispute.Text };
        if (Dunning.NoContactSince is { } since)
            yield return new OpenFollowUp(FollowUpKind.NoContact, since, since);
    }

    /// <summary>
    /// A report that stands must go when the claim is paid, closed in any other way, or disputed. Neither closing nor
    /// erasure ends the task: the agency still has the claim.
    /// </summary>
    private IEnumerable<OpenFollowUp> ReportFollowUps()
    {
        if (
            Dunning.CreditReport is { Stands: true } report
            && new[] { Closed?.On, Dunning.Dispute?.Since }.Min() is { } since
        )
            yield return new OpenFollowUp(FollowUpKind.WithdrawCreditReport, since, since) { Text = report.Agency };
    }

    private static FollowUpKind? KindOf(HoldReason reason) =>
        reason switch
        {
            HoldReason.AwaitsApproval => FollowUpKind.Approval,
            HoldReason.PaymentMissing => FollowUpKind.PaymentMissing,
            HoldReason.CollectionUnknown => FollowUpKind.CollectionUnknown,
            HoldReason.PaymentRefunded => FollowUpKind.PaymentRefunded,
            HoldReason.CorrectionUncertain => FollowUpKind.CorrectionUncertain,
            HoldReason.CustomerUncertain => FollowUpKind.CustomerUncertain,
            _ => null,
        };

    /// <summary>The invoice with the task that the event puts to a person, if it puts one.</summary>
    public Invoice Asking(InvoiceEvent e) =>
        OpenFollowUp.Of(e) is { } followUp
            ? this with
            {
                FollowUps = [.. FollowUps.Where(open => open.Id != followUp.Id), followUp],
            }
            : this;

    /// <summary>The invoice without the tasks of these kinds: they are done, or no longer make sense.</summary>
    public Invoice WithoutFollowUps(params FollowUpKind[] kinds) =>
        FollowUps.Any(followUp => kinds.Contains(followUp.Kind))
            ? this with
            {
                FollowUps = [.. FollowUps.Where(followUp => !kinds.Contains(followUp.Kind))],
            }
            : this;

    [JsonIgnore]
    public string? AgendaKey => Dunning.Next is { } next ? Keys.Agenda(next.IsUpcoming, next.At, Id) : null;

    [JsonIgnore]
    public string? RetentionKey => Closed is { } closed ? Keys.Retention(ErasedAt is not null, closed.On, Id) : null;

    /// <summary>Why no message may demand payment of this invoice now; null when one may.</summary>
    /// <param name="ignoringHold">For a follow-up, which may be about ending the hold.</param>
    public DunningBlock? BlockAt(DateTimeOffset now, bool ignoringHold = false) =>
        Closed is { } closed ? BlockOf(closed.As)
        : ErasedAt is not null ? DunningBlock.Erased
        : MovedFrom is not null ? DunningBlock.BeingMoved
        : !OpenAmount.IsPositive ? DunningBlock.NothingOwed
        : Payments.PendingPayments.Count > 0 ? DunningBlock.PaymentReported
        : !UndisputedAmount.IsPositive ? DunningBlock.Disputed
        : Dunning.Hold is not null && !ignoringHold ? DunningBlock.OnHold
        : Payments.Pending?.Until > now ? DunningBlock.PaymentPending
        : Agreements.Promise is not null ? DunningBlock.Promised
        : IsCollected ? DunningBlock.Collected
        : CurrentPart is { DueDate: null } ? DunningBlock.MilestoneNotReached
        : null;

    private static DunningBlock BlockOf(ClosedAs closed) =>
        closed switch
        {
            ClosedAs.Settled => DunningBlock.Settled,
            ClosedAs.Void => DunningBlock.Void,
            ClosedAs.WrittenOff => DunningBlock.WrittenOff,
            ClosedAs.Credited => DunningBlock.Credited,
            ClosedAs.Replaced => DunningBlock.Replaced,
            _ => DunningBlock.NoClaim,
        };

    public Invoice AtStep(StepId? step) => this with { Dunning = Dunning with { Step = step, SendNow = null } };

    /// <summary>What was approved before a hold has to be approved again.</summary>
    public Invoice WithHold(Hold? hold) =>
        this with
        {
            Dunning = Dunning with { Hold = hold, Approved = hold is null ? Dunning.Approved : null },
        };

    /// <summary>What was approved before a dispute has to be approved again.</summary>
    public Invoice WithDispute(Dispute? dispute) =>
        this with
        {
            Dunning = Dunning with { Dispute = dispute, Approved = dispute is null ? Dunning.Approved : null },
        };

    /// <summary>What was approved before a promise has to be approved again.</summary>
    public Invoice WithPromise(Promise promise) =>
        this with
        {
            Agreements = Agreements with { Promise = promise },
            Dunning = Dunning with { Approved = null },
        };

    /// <summary>The invoice with charges on top of what is owed.</summary>
    public Invoice WithCharges(IReadOnlyCollection<LedgerEntry> added) =>
        added.Count == 0
            ? this
            : this with
            {
                Payments = Payments with { Charged = added.Aggregate(Charged, (sum, entry) => sum + entry.Amount) },
            };

    /// <summary>The invoice without a charge that is not asked for any more.</summary>
    public Invoice WithoutCharge(Money amount) => this with { Payments = Payments with { Charged = Charged - amount } };

    /// <summary>The customer is reminded of it on a day.</summary>
    /// <param name="isRepeated">The message was claimed before: what did not succeed does not count.</param>
    public Invoice RemindedAt(DateOnly today, bool isRepeated = false)
    {
        var before = isRepeated ? Dunning.RemindedOn.SkipLast(1) : Dunning.RemindedOn;
        return today <= DueDate || Dunning.RemindedOn.Contains(today)
            ? this
            : this with
            {
                Dunning = Dunning with { RemindedOn = [.. before.TakeLast(MaxReminders - 1), today] },
            };
    }

    /// <summary>The invoice that a message names: what the message tells counts as told.</summary>
    public Invoice ClaimedBy(Notice notice) =>
        this with
        {
            PersonalLine = PersonalLine?.UsedBy(notice),
            Dunning = Dunning.After(notice.Id) with
            {
                RaisedAmount =
                    notice.IsReminder && Dunning.RaisedAmount is { ExplainedBy: null } raised
                        ? raised with
                        {
                            ExplainedBy = notice.Id,
                        }
                        : Dunning.RaisedAmount,
            },
            Agreements =
                notice.Tone is NoticeTone.PlanAgreed && Agreements.Plan is { ConfirmedBy: null } plan
                    ? Agreements with
                    {
                        Plan = plan with { ConfirmedBy = notice.Id },
                    }
                    : Agreements,
        };

    /// <summary>The invoice whose further steps wait until a person has posted a letter or made a call.</summary>
    public Invoice Awaiting(NoticeId notice) =>
        this with
        {
            Dunning = Dunning with
            {
                AwaitedNotices = [.. Dunning.AwaitedNotices.Except([notice]), notice],
                Next = null,
                NoNextReason = DunningBlock.AwaitsPerson,
            },
        };

    /// <summary>The letter is posted, the call made, or neither will be.</summary>
    public Invoice NoLongerAwaiting(NoticeId notice) =>
        Dunning.AwaitedNotices.Contains(notice)
            ? this with
            {
                Dunning = Dunning with { AwaitedNotices = [.. Dunning.AwaitedNotices.Where(id => id != notice)] },
            }
            : this;

    /// <summary>The customer was not reminded on a day after all: no message of that day arrived.</summary>
    public Invoice NotRemindedOn(DateOnly day) =>
        Dunning.RemindedOn.Contains(day)
            ? this with
            {
                Dunning = Dunning with { RemindedOn = [.. Dunning.RemindedOn.Where(other => other != day)] },
            }
            : this;

    /// <summary>The message did not arrive: what it told counts as not told.</summary>
    public Invoice NotDelivered(NoticeId notice) =>
        this with
        {
            PersonalLine =
                PersonalLine is { } line && line.UsedIn == notice ? line with { UsedIn = null } : PersonalLine,
            Dunning = Dunning with
            {
                RaisedAmount =
                    Dunning.RaisedAmount is { } raised && raised.ExplainedBy == notice
                        ? raised with
                        {
                            ExplainedBy = null,
                        }
                        : Dunning.RaisedAmount,
                AnnouncedCharges = Dunning.AnnouncedCharges?.Without(notice),
                PreCollectionNotice = Dunning.PreCollectionNotice?.By == notice ? null : Dunning.PreCollectionNotice,
                CreditReport =
                    Dunning.CreditReport is { ReportedOn: null } report && report.AnnouncedBy == notice
                        ? null
                        : Dunning.CreditReport,
            },
            Agreements =
                Agreements.Plan is { } plan && plan.ConfirmedBy == notice
                    ? Agreements with
                    {
                        Plan = plan with { ConfirmedBy = null },
                    }
                    : Agreements,
        };

    public Invoice WithPlan(PaymentPlan plan) => this with { Agreements = Agreements with { Plan = plan } };

    /// <param name="whyNone">See <see cref="DunningState.NoNextReason"/>.</param>
    public Invoice WithNext(NextStep? next, DunningBlock? whyNone = null) =>
        this with
        {
            Dunning = Dunning with { Next = next, NoNextReason = next is null ? whyNone : null },
        };

    /// <summary>
    /// The invoice with its hold and dispute ended. The days of the pause do not count: the schedule start moves by
    /// them, so the first reminder after a long dispute is not the final one.
    /// </summary>
    public Invoice Unpaused(DateTimeOffset now)
    {
        var (hold, dispute, start) = (Dunning.Hold, Dunning.Dispute, Dunning.ScheduleStart);
        // While a part is in dispute, the rest is chased: no day is lost.
        var pausedByDispute = UndisputedAmount.IsPositive ? (DateTimeOffset?)null : dispute?.Since;
        var paused = new[] { hold?.Since, pausedByDispute }.Min() ?? now;
        // Days of the pause before the schedule start delayed no step.
        var from = Math.Max(DateOnly.FromDateTime(paused.UtcDateTime).DayNumber, start.DayNumber);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var end = pausedByDispute is null && hold?.Until is { } until && until < today ? until : today;
        var days = Math.Max(0, end.DayNumber - from);
        return this with
        {
            Dunning = Dunning with { Hold = null, Dispute = null, ScheduleStart = start.AddDays(days) },
        };
    }

    /// <summary>The value of <c>state</c> in the HTTP API.</summary>
    public string StateFor(Customer customer) =>
        this switch
        {
            { Closed.As: ClosedAs.Settled } => "settled",
            { Closed.As: ClosedAs.Void } => "void",
            { Closed.As: ClosedAs.WrittenOff } => "writtenOff",
            { Closed.As: ClosedAs.NoClaim } => "noClaim",
            { Closed.As: ClosedAs.Replaced } => "replaced",
            { Closed: not null } => "creditNote",
            { ErasedAt: not null } => "erased",
            { Dunning.Dispute: { Amount: null } } => "disputed",
            { Dunning.Hold.ApprovalFor: not null } => "needsApproval",
            { Dunning.Hold: not null } => "onHold",
            { Agreements.Promise: not null } => "promised",
            { IsCollected: true } => "collected",
            _ when !customer.CanBeReached => "needsContact",
            _ => IsPartPaid ? "partPaid" : "open",
        };
}

public enum ClosedAs
{
    Settled,
    Void,
    WrittenOff,
    Credited,

    /// <summary>It never was a claim: see <see cref="InvoiceKind.NoClaim"/>.</summary>
    NoClaim,

    /// <summary>A corrected invoice takes its place.</summary>
    Replaced,
}

/// <param name="On">UTC.</param>
public sealed record Closed(ClosedAs As, DateTimeOffset On, ClosedBy By) : StoredRecord
{
    /// <summary>What the person wrote.</summary>
    public string? Text { get; init; }

    /// <summary>Id of the corrected invoice that takes its place.</summary>
    public InvoiceId? ReplacedBy { get; init; }
}

public enum ClosedBy
{
    /// <summary>The document of the source.</summary>
    Source,

    /// <summary>The sum of the ledger.</summary>
    Ledger,

    /// <summary>The payment provider voided its invoice.</summary>
    Provider,
    Person,
}
