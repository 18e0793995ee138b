using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>What a provider's event says happened to money.</summary>
public enum PaymentChangeKind
{
    /// <summary>One payment, by its own id. Zero: it was thought paid and failed after all.</summary>
    Payment,

    /// <summary>How much has been paid in all on the provider's own invoice: set, not added.</summary>
    PaymentTotal,

    /// <summary>
    /// The provider says that nothing is owed on its own invoice, by whatever means: cash, a credit balance, credit
    /// notes. The amount is the most that this can have settled.
    /// </summary>
    PaidInFull,

    /// <summary>A credit note reduced what is owed. Zero: it was voided.</summary>
    CreditNote,
    Refund,

    /// <summary>How much of one payment has been refunded in all: set, not added.</summary>
    RefundTotal,
    Chargeback,
    ChargebackReversed,

    /// <summary>Money is on its way: reminders wait.</summary>
    InFlight,

    /// <summary>The attempt failed: reminders go on.</summary>
    Failed,

    /// <summary>The customer disputes the payment: a person decides.</summary>
    Dispute,

    /// <summary>The provider's invoice was voided or given up: reminders stop.</summary>
    Stop,
}

/// <summary>
/// One ledger operation that an event asks for. The same fact may arrive any number of times, in any order.
/// </summary>
/// <param name="ObjectId">The provider's id of the payment, refund or dispute: the ledger key.</param>
/// <param name="References">
/// Our own invoice reference (number, external id or id) where the provider carried it, most trusted first.
/// </param>
/// <param name="Related">
/// Other ids of the provider that point to the same payment or invoice, for events that carry no reference of ours.
/// </param>
/// <param name="Amount">Never negative. Null where the kind has none.</param>
/// <param name="Note">The provider's words for a failure or a dispute, short.</param>
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

    public bool ReportsPayment =>
        Kind is PaymentChangeKind.Payment or PaymentChangeKind.PaymentTotal or PaymentChangeKind.PaidInFull;
}

/// <summary>A verified event in our own terms.</summary>
/// <param name="Id">The provider's event id: the duplicate guard of the inbox.</param>
/// <param name="OccurredAt">When the provider says it happened, UTC.</param>
/// <param name="Live">False for a provider's test mode.</param>
/// <param name="Problem">
/// Why nothing can be done with the event (an unreadable amount, say); the event is parked for a person then.
/// </param>
/// <param name="Fetch">
/// Where the provider's API holds what the event leaves out, amounts first of all; null for an event that says it all.
/// </param>
/// <param name="Account">
/// The provider's id of the merchant, company or connected account that the event is about; null where it names none.
/// </param>
public sealed record PaymentEvent(
    string Id,
    string Type,
    DateTimeOffset OccurredAt,
    bool Live,
    IReadOnlyList<PaymentChange> Facts,
    string? Problem = null,
    string? Fetch = null,
    string? Account = null
);
