using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Queue message: apply a verified delivery of the inbox. Several messages for one delivery are harmless.
/// </summary>
/// <param name="Endpoint">Id of the endpoint that received the delivery.</param>
/// <param name="Delivery">Id of the delivery in the inbox.</param>
/// <param name="Discarded">
/// Set when a person decided not to apply the delivery: it stays in manual review and the marks of its invoices are
/// removed.
/// </param>
/// <param name="Replayed">Set when a person decided to retry.</param>
/// <param name="Invoice">The invoice that arrived after its payment and waits for it.</param>
public sealed record PaymentReceived(
    string Endpoint,
    string Delivery,
    PaymentDecision? Discarded = null,
    PaymentDecision? Replayed = null,
    InvoiceId? Invoice = null
) : MessageRecord;

/// <param name="By">Who decided; null when the request did not say it.</param>
/// <param name="Note">The person's reason.</param>
public sealed record PaymentDecision(string? By, string? Note, DateTimeOffset At) : StoredRecord;
