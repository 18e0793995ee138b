using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>A verified event lies in the inbox: apply it. Any number of these for one event is harmless.</summary>
/// <param name="Discarded">
/// A person has decided that it is not applied: leave it to people, and let its invoices go on.
/// </param>
/// <param name="Replayed">A person has decided that it is tried again.</param>
/// <param name="Invoice">That waits for it, because it came in later than the payment.</param>
public sealed record PaymentReceived(
    string Endpoint,
    string Delivery,
    PaymentDecision? Discarded = null,
    PaymentDecision? Replayed = null,
    InvoiceId? Invoice = null
);

/// <param name="Text">Who decided and why, for the end of a sentence.</param>
public sealed record PaymentDecision(string Text, DateTimeOffset At);
