using System.Text.Json.Serialization;
using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>
/// One invoice as it is stored. Every change replaces the row by its ETag, in one transaction with the rows derived
/// from it and the events about it.
/// </summary>
public sealed record Invoice
{
    public required InvoiceId Id { get; init; }
    public required string Source { get; init; }
    public required string ExternalId { get; init; }
    public required string Number { get; init; }
    public InvoiceKind Kind { get; init; }
    public required DateOnly IssueDate { get; init; }
    public required DateOnly DueDate { get; init; }

    /// <summary>True when the source gave no due date and the default terms were applied.</summary>
    public bool DueDateIsDefault { get; init; }

    /// <summary>The amount due according to the source when it last sent the invoice.</summary>
    public required Money AmountDue { get; init; }

    /// <summary>
    /// The highest amount due that the source ever sent; payments of the ledger are subtracted from it.
    /// </summary>
    public required Money OriginalAmount { get; init; }

    /// <summary>
    /// <see cref="Paid"/> when the source last sent the invoice. <see cref="AmountDue"/> may or may not contain it.
    /// </summary>
    public required Money PaidWhenSent { get; init; }
    public Money? AmountTotal { get; init; }

    /// <summary>
    /// The balance of all ledger entries: payments minus refunds and chargebacks. Always computed from the entries.
    /// </summary>
    public required Money Paid { get; init; }
    public string? PaymentUrl { get; init; }
    public string? DocumentUrl { get; init; }
    public BankTransfer? Bank { get; init; }
    public string? OrderReference { get; init; }
    public string? BuyerReference { get; init; }
    public string? PaymentTermsText { get; init; }
    public string? PrecedingInvoice { get; init; }
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Hash of the document last accepted: the same document again changes nothing.</summary>
    public required string DocumentHash { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }

    public required PolicyVersion Policy { get; init; }

    /// <summary>
    /// The date from which steps are counted: the due date, or later if the invoice was already overdue when it was
    /// accepted.
    /// </summary>
    public required DateOnly ScheduleStart { get; init; }

    /// <summary>Id of the highest step reached; null before the first.</summary>
    public string? Step { get; init; }

    /// <summary>
    /// The next step. Null when there is none: closed, in dispute, on hold without a date, no usable contact, or after
    /// the last step.
    /// </summary>
    public NextStep? Next { get; init; }
    public Hold? Hold { get; init; }

    /// <summary>Id of the step that a person has approved.</summary>
    public string? Approved { get; init; }

    /// <summary>
    /// The shortfall up to which a part payment settles the invoice, in minor units; from the policy at acceptance.
    /// </summary>
    public long Tolerance { get; init; }
    public Dispute? Dispute { get; init; }

    /// <summary>Set while a provider reports that a payment is in progress.</summary>
    public PendingPayment? Pending { get; init; }

    /// <summary>
    /// Webhook deliveries accepted for this invoice and not applied yet: while there is one, no reminder is sent.
    /// </summary>
    public IReadOnlyList<string> PendingPayments { get; init; } = [];

    /// <summary>
    /// Id of the newest notice that claimed this invoice. A claim writes it, so a claim and a payment both replace the
    /// invoice row and only the first of the two succeeds.
    /// </summary>
    public string? ClaimedBy { get; init; }
    public Closed? Closed { get; init; }

    /// <summary>
    /// When the personal data were erased, UTC: only amounts, dates and numbers are left, and no reminder is sent.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>
    /// Id of the customer from which the invoice is being moved. Until that is complete, a payment may still arrive
    /// there, so nothing is demanded here.
    /// </summary>
    public string? MovedFrom { get; init; }

    /// <summary>
    /// What is owed: the smaller of two calculations, so that no payment known to the source or to the ledger is
    /// demanded again. First: the source's amount due minus what was paid since. The source may or may not have
    /// included earlier payments, hence the second: the original amount minus everything in the ledger. A negative
    /// balance (a refund recorded before its payment) never raises the second above the original amount.
    /// </summary>
    [JsonIgnore]
    public Money OpenAmount => Unpaid - ToleratedShortfall;

    /// <summary>
    /// The unpaid rest of a part payment, if it is within <see cref="Tolerance"/> (a bank's fee, for example); else
    /// zero.
    /// </summary>
    [JsonIgnore]
    public Money ToleratedShortfall =>
        Paid.IsPositive && Unpaid.IsPositive && Unpaid.Minor <= Tolerance ? Unpaid : Money.Zero(Paid.Currency);
    private Money Unpaid =>
        Money.Min(AmountDue - (Paid - PaidWhenSent), OriginalAmount - Money.Max(Paid, Money.Zero(Paid.Currency)));

    /// <summary>The smallest sum of ledger entries with which nothing is owed.</summary>
    [JsonIgnore]
    public Money AmountThatSettles => Money.Min(AmountDue + PaidWhenSent, OriginalAmount);

    [JsonIgnore]
    public bool IsPartPaid => Paid.IsPositive && OpenAmount.IsPositive;

    [JsonIgnore]
    public string? AgendaKey => Next is { } next ? Keys.Agenda(next.IsUpcoming, next.At, Id) : null;

    [JsonIgnore]
    public string? RetentionKey => Closed is { } closed ? Keys.Retention(ErasedAt is not null, closed.On, Id) : null;

    /// <summary>Why no message may demand payment of this invoice now; null when one may.</summary>
    public DunningBlock? BlockAt(DateTimeOffset now) =>
        Closed is { } closed ? BlockOf(closed.As)
        : ErasedAt is not null ? DunningBlock.Erased
        : MovedFrom is not null ? DunningBlock.BeingMoved
        : !OpenAmount.IsPositive ? DunningBlock.NothingOwed
        : PendingPayments.Count > 0 ? DunningBlock.PaymentReported
        : Dispute is not null ? DunningBlock.Disputed
        : Hold is not null ? DunningBlock.OnHold
        : Pending?.Until > now ? DunningBlock.PaymentPending
        : null;

    private static DunningBlock BlockOf(ClosedAs closed) =>
        closed switch
        {
            ClosedAs.Settled => DunningBlock.Settled,
            ClosedAs.Void => DunningBlock.Void,
            ClosedAs.WrittenOff => DunningBlock.WrittenOff,
            ClosedAs.Credited => DunningBlock.Credited,
            _ => DunningBlock.NoClaim,
        };

    /// <summary>
    /// The invoice with its hold and dispute ended. The days of the pause do not count: the schedule start moves by
    /// them, so the first reminder after a long dispute is not the final one.
    /// </summary>
    public Invoice Unpaused(DateTimeOffset now)
    {
        var paused = new[] { Hold?.Since, Dispute?.Since }.Min() ?? now;
        // Days of the pause before the schedule start delayed no step.
        var from = Math.Max(DateOnly.FromDateTime(paused.UtcDateTime).DayNumber, ScheduleStart.DayNumber);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var end = Dispute is null && Hold?.Until is { } until && until < today ? until : today;
        var days = Math.Max(0, end.DayNumber - from);
        return this with { Hold = null, Dispute = null, ScheduleStart = ScheduleStart.AddDays(days) };
    }

    /// <summary>The value of <c>state</c> in the HTTP API.</summary>
    public string StateFor(Customer customer) =>
        this switch
        {
            { Closed.As: ClosedAs.Settled } => "settled",
            { Closed.As: ClosedAs.Void } => "void",
            { Closed.As: ClosedAs.WrittenOff } => "writtenOff",
            { Closed.As: ClosedAs.NoClaim } => "noClaim",
            { Closed: not null } => "creditNote",
            { ErasedAt: not null } => "erased",
            { Dispute: not null } => "disputed",
            { Hold.ApprovalFor: not null } => "needsApproval",
            { Hold: not null } => "onHold",
            _ when !customer.CanBeReached => "needsContact",
            _ => IsPartPaid ? "partPaid" : "open",
        };
}

/// <summary>
/// The policy an invoice started with: later versions do not change an invoice in the middle of its schedule.
/// </summary>
public readonly record struct PolicyVersion(string Name, int Version)
{
    public override string ToString() => $"{Name} v{Version}";
}

/// <param name="At">
/// When the step falls due, UTC: the policy's <c>sendAt</c> on the step's day, in the customer's zone.
/// </param>
/// <param name="IsUpcoming">The step lies before the due date.</param>
public sealed record NextStep(string Step, DateTimeOffset At, bool IsUpcoming);

/// <param name="Since">UTC.</param>
/// <param name="Until">First day on which reminders go on (customer's zone); null until somebody resumes.</param>
public sealed record Hold(HoldReason Reason, DateTimeOffset Since, DateOnly? Until)
{
    /// <summary>What the person or the source wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The step that waits for a person's approval; resuming approves it.</summary>
    public string? ApprovalFor { get; init; }

    /// <summary>
    /// The provider's id of a payment of which nothing was heard in time: its outcome ends the hold.
    /// </summary>
    public string? AwaitedPayment { get; init; }

    /// <summary>Ids of the customers between whom a person has to decide: see <c>CustomerMatch</c>.</summary>
    public IReadOnlyList<string> CustomerChoices { get; init; } = [];
}

public enum HoldReason
{
    /// <summary>A person asked for it.</summary>
    Requested,
    PausedBySource,
    AwaitsApproval,
    PaymentMissing,
    PaymentRefunded,
    CustomerUncertain,
}

/// <param name="Since">UTC.</param>
public sealed record Dispute(DisputeReason Reason, DateTimeOffset Since)
{
    /// <summary>The payment provider that reported it; its name in the ledger.</summary>
    public string? Provider { get; init; }

    /// <summary>What the person or the provider wrote.</summary>
    public string? Text { get; init; }

    /// <summary>A provider reported it, and may end it.</summary>
    [JsonIgnore]
    public bool IsAboutPayment => Reason is DisputeReason.PaymentChargedBack or DisputeReason.PaymentDisputed;
}

public enum DisputeReason
{
    /// <summary>A person reported it.</summary>
    Reported,
    ReportedBySource,
    PaymentChargedBack,

    /// <summary>The customer disputes a payment with the provider or the bank.</summary>
    PaymentDisputed,
}

/// <param name="ObjectId">
/// The provider's id of the payment attempt: only the failure of this attempt ends the pause before <c>Until</c>.
/// </param>
/// <param name="Until">No reminder before this instant, UTC.</param>
public sealed record PendingPayment(string ObjectId, DateTimeOffset Until)
{
    /// <summary>
    /// A provider reported a payment in progress. False for a payment that waits for manual review, because it is in
    /// another currency.
    /// </summary>
    public bool IsAnnounced { get; init; }
}

public enum ClosedAs
{
    Settled,
    Void,
    WrittenOff,
    Credited,

    /// <summary>It never was a claim: see <see cref="InvoiceKind.NoClaim"/>.</summary>
    NoClaim,
}

/// <param name="On">UTC.</param>
public sealed record Closed(ClosedAs As, DateTimeOffset On, ClosedBy By)
{
    /// <summary>What the person wrote.</summary>
    public string? Text { get; init; }
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
