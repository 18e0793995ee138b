using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>What happened to a payment according to a provider's event.</summary>
public enum PaymentChangeKind
{
    /// <summary>One payment, by its own id. Zero when a payment that was reported as paid failed.</summary>
    Payment,

    /// <summary>The total paid on the provider's own invoice: it replaces the previous total.</summary>
    PaymentTotal,

    /// <summary>
    /// The provider says that nothing is owed on its own invoice, by whatever means: cash, a credit balance, credit
    /// notes. The amount is the most that this can have settled.
    /// </summary>
    PaidInFull,

    /// <summary>A credit note reduced what is owed. Zero: it was voided.</summary>
    CreditNote,
    Refund,

    /// <summary>The total refunded of one payment: it replaces the previous total.</summary>
    RefundTotal,

    /// <summary>See <see cref="LedgerKind.RefundByPerson"/>.</summary>
    RefundByPerson,
    Chargeback,
    ChargebackReversed,

    /// <summary>The payment is started and not complete: reminders wait.</summary>
    InFlight,

    /// <summary>The payment attempt failed: reminders continue.</summary>
    Failed,

    /// <summary>The customer disputes the payment: a person decides.</summary>
    Dispute,

    /// <summary>The provider's invoice was voided or marked uncollectible: reminders stop.</summary>
    Stop,

    /// <summary>A person gave up the claim, or a part of it. Zero when it was taken back.</summary>
    WriteOff,

    /// <summary>Interest, a fixed sum or a fee that the policy charged. Zero when it was waived.</summary>
    Charge,
}

/// <summary>
/// One change of the ledger that an event reports. The same change may arrive any number of times, in any order.
/// </summary>
/// <param name="ObjectId">The provider's id of the payment, refund or dispute: the ledger key.</param>
/// <param name="References">
/// Our own invoice references (number, external id or id) in the event, the most reliable first.
/// </param>
/// <param name="Related">
/// Other ids of the provider for the same payment or invoice, for events without a reference of ours.
/// </param>
/// <param name="Amount">Never negative. Null for a kind without an amount.</param>
/// <param name="Note">The provider's text about a failure or dispute, shortened.</param>
public sealed record PaymentChange(
    PaymentChangeKind Kind,
    string ObjectId,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Related,
    Money? Amount,
    string? Note = null
)
{
    /// <summary>See <see cref="LedgerEntry.Revision"/>.</summary>
    public int Revision { get; init; }

    /// <inheritdoc cref="LedgerEntry.ValueDate"/>
    public DateOnly? ValueDate { get; init; }

    /// <summary>See <see cref="LedgerEntry.AssignedFrom"/>.</summary>
    public string? AssignedFrom { get; init; }

    /// <summary>Only of <see cref="PaymentChangeKind.Charge"/>: the entry that it replaces.</summary>
    public LedgerEntry? Charged { get; init; }

    /// <summary>The person who recorded, assigned or took back something.</summary>
    public string? By { get; init; }

    public bool ReportsPayment =>
        Kind is PaymentChangeKind.Payment or PaymentChangeKind.PaymentTotal or PaymentChangeKind.PaidInFull;
}

/// <summary>A verified event of any provider in one common form.</summary>
/// <param name="Id">The provider's event id, by which the inbox recognizes duplicates.</param>
/// <param name="OccurredAt">The provider's time of the event, UTC.</param>
/// <param name="Live">False for the provider's test mode.</param>
/// <param name="Changes">The changes that the event reports; none when it is not about a payment.</param>
/// <param name="Problem">
/// Why the event cannot be applied (for example an unreadable amount); it then needs manual review.
/// </param>
/// <param name="Fetch">
/// The path in the provider's API of what the event does not contain, mostly amounts; null for a complete event.
/// </param>
/// <param name="Account">
/// The provider's id of the merchant, company or connected account; null when the event names none.
/// </param>
public sealed record PaymentEvent(
    string Id,
    string Type,
    DateTimeOffset OccurredAt,
    bool Live,
    IReadOnlyList<PaymentChange> Changes,
    string? Problem = null,
    string? Fetch = null,
    string? Account = null
)
{
    /// <summary>The event with its change. None is added for a payment of zero, which is not booked.</summary>
    public PaymentEvent With(PaymentChange? change) =>
        change is null or { ReportsPayment: true, Amount.IsZero: true } ? this : this with { Changes = [change] };
}
