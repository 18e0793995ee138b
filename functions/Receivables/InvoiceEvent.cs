namespace Dunning.Receivables;

/// <summary>
/// One entry of an invoice's history: what happened or was not done, and why. Written in the same transaction as the
/// change that it describes.
/// </summary>
/// <param name="At">UTC.</param>
/// <param name="What">A sentence for people.</param>
/// <param name="Details">Machine-readable evidence: ids, addresses, hashes.</param>
public sealed record InvoiceEvent(
    DateTimeOffset At,
    EventKind Kind,
    string What,
    IReadOnlyDictionary<string, string>? Details = null
);

public enum EventKind
{
    Accepted,
    Updated,
    StepSkipped,
    Planned,

    /// <summary>Another notice of the same day includes the invoice.</summary>
    Covered,
    Postponed,
    Sent,

    /// <summary>A planned notice was not sent, for the reason given.</summary>
    NotSent,
    Rejected,
    InDoubt,

    /// <summary>The provider reported that the message was delivered.</summary>
    Delivered,

    /// <summary>The provider accepted the message and could not deliver it.</summary>
    NotDelivered,
    OptedOut,
    OptedIn,

    /// <summary>The customer replied by SMS.</summary>
    Replied,
    Paid,

    /// <summary>A credit note reduced what is owed, or was voided.</summary>
    Credited,
    Refunded,
    ChargedBack,
    PaymentPending,
    PaymentFailed,

    /// <summary>A person took back a payment that had been recorded by hand.</summary>
    PaymentRemoved,
    Settled,
    Reopened,
    Held,
    Resumed,
    Disputed,
    Voided,
    TaskForPerson,
    ApprovalNeeded,

    /// <summary>An operator decision about an in-doubt or failed message.</summary>
    Decided,
}
