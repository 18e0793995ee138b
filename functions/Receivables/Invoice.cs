using System.Text.Json.Serialization;
using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>
/// One invoice as it is stored. Every change replaces the row by its ETag, in one transaction with what follows
/// from it.
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

    /// <summary>What the source said was owed when it last sent the invoice.</summary>
    public required Money AmountDue { get; init; }

    /// <summary>The most that was ever owed as far as we know: what our own ledger is taken off.</summary>
    public required Money OriginalAmount { get; init; }

    /// <summary>
    /// What our ledger held when the source last sent the invoice: it may or may not have known of it.
    /// </summary>
    public required Money PaidWhenSent { get; init; }
    public Money? AmountTotal { get; init; }

    /// <summary>
    /// What our own ledger has received since, refunds and chargebacks taken off: always the sum of the ledger entries.
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

    /// <summary>Hash of the document as last accepted: the same document again changes nothing.</summary>
    public required string DocumentHash { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }

    public required PolicyVersion Policy { get; init; }

    /// <summary>
    /// The date from which steps are counted: the due date, or later for an invoice that came in late already.
    /// </summary>
    public required DateOnly ScheduleStart { get; init; }

    /// <summary>Id of the highest step reached; null before the first.</summary>
    public string? Step { get; init; }

    /// <summary>
    /// The step to come; null while there is none (closed, in dispute, on hold without a date, nobody to write to,
    /// ladder done).
    /// </summary>
    public NextStep? Next { get; init; }
    public Hold? Hold { get; init; }

    /// <summary>The step that a person has approved.</summary>
    public string? Approved { get; init; }

    /// <summary>How much of a part payment's rest is let go, in minor units: the policy's, as of acceptance.</summary>
    public long Tolerance { get; init; }
    public Dispute? Dispute { get; init; }

    /// <summary>Set when a provider says money is on its way.</summary>
    public PendingPayment? Pending { get; init; }

    /// <summary>
    /// Webhook events accepted for this invoice and not applied yet: while there is one, nothing is sent.
    /// </summary>
    public IReadOnlyList<string> PendingPayments { get; init; } = [];

    /// <summary>
    /// The newest notice that claimed this invoice; writing it is what makes a claim and a payment exclude each other.
    /// </summary>
    public string? ClaimedBy { get; init; }
    public Closed? Closed { get; init; }

    /// <summary>Since when it holds amounts, dates and numbers only, UTC: nobody is asked for it any more.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>
    /// What is owed: what the source said less what was paid since. A payment from before may or may not be in what it
    /// said, so the ledger taken off the most ever owed is a second opinion, and the smaller of the two counts: nobody
    /// is asked for money that one of them has seen. A refund that is known before its payment makes nobody owe more
    /// than that.
    /// </summary>
    [JsonIgnore]
    public Money OpenAmount => Unpaid - ToleratedShortfall;

    /// <summary>
    /// So little was left unpaid that the policy lets it go: a bank's fee, say. Zero where that is not so.
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

    /// <summary>Why no message may ask for this invoice now; null when one may.</summary>
    public string? WhyNotDemanded(DateTimeOffset now) =>
        Closed is { } closed ? $"the invoice is {closed.As.ToString().ToLowerInvariant()}"
        : ErasedAt is not null ? "the customer's data are erased"
        : !OpenAmount.IsPositive ? "nothing is owed"
        : PendingPayments.Count > 0 ? "a payment has been reported and is being applied"
        : Dispute is not null ? "the invoice is in dispute"
        : Hold is not null ? $"the invoice is on hold: {Hold.Reason}"
        : Pending?.Until > now ? "a payment is on its way"
        : null;

    /// <summary>
    /// The invoice with its hold or dispute ended. The ladder goes on where it stopped: the days of the pause do not
    /// count, so nobody comes back from a settled dispute to a final notice.
    /// </summary>
    public Invoice Unpaused(DateTimeOffset now)
    {
        var paused = new[] { Hold?.Since, Dispute?.Since }.Min() ?? now;
        // Days before the schedule began are no loss.
        var from = Math.Max(DateOnly.FromDateTime(paused.UtcDateTime).DayNumber, ScheduleStart.DayNumber);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var end = Dispute is null && Hold?.Until is { } until && until < today ? until : today;
        var days = Math.Max(0, end.DayNumber - from);
        return this with { Hold = null, Dispute = null, ScheduleStart = ScheduleStart.AddDays(days) };
    }

    /// <summary>One word for people and programs: where the invoice stands.</summary>
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
public readonly record struct PolicyVersion(string Name, int Version);

/// <param name="At">
/// When the step falls due: the instant at which the customer's sending window opens on the step's day, UTC.
/// </param>
/// <param name="IsUpcoming">The step lies before the due date.</param>
public sealed record NextStep(string Step, DateTimeOffset At, bool IsUpcoming);

/// <param name="Since">UTC.</param>
/// <param name="Until">First day on which reminders go on (customer's zone); null until somebody resumes.</param>
/// <param name="ApprovalFor">The step that waits for a person's approval; resuming approves it.</param>
/// <param name="AwaitedPayment">
/// The provider's id of a payment of which nothing was heard in time: its outcome ends the hold.
/// </param>
public sealed record Hold(
    string Reason,
    DateTimeOffset Since,
    DateOnly? Until,
    string? ApprovalFor = null,
    string? AwaitedPayment = null
);

/// <param name="Since">UTC.</param>
public sealed record Dispute(string Reason, DateTimeOffset Since);

/// <param name="ObjectId">The provider's id of the attempt: only its own failure ends the pause.</param>
/// <param name="Until">No reminder before this instant, UTC.</param>
public sealed record PendingPayment(string ObjectId, DateTimeOffset Until);

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
public sealed record Closed(ClosedAs As, DateTimeOffset On, string Reason);
