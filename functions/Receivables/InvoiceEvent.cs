namespace Dunning.Receivables;

/// <summary>
/// What happened to an invoice, or did not, and why: written in the same transaction as the change it tells of.
/// </summary>
/// <param name="At">UTC.</param>
/// <param name="What">A sentence a person can read.</param>
/// <param name="Details">What a program or a court may want: ids, addresses, hashes.</param>
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

    /// <summary>Another notice of the same day speaks for the invoice.</summary>
    Covered,
    Postponed,
    Sent,

    /// <summary>A planned notice was not sent, for the reason given.</summary>
    NotSent,
    Rejected,
    InDoubt,

    /// <summary>The provider says that the message arrived.</summary>
    Delivered,

    /// <summary>The provider took the message and could not deliver it.</summary>
    NotDelivered,
    OptedOut,
    OptedIn,

    /// <summary>The customer wrote back.</summary>
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

    /// <summary>What a person decided about a message that was in doubt or had failed.</summary>
    Decided,
}
