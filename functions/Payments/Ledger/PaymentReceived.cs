using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Queue message: apply a verified delivery of the inbox. Several messages for one delivery are harmless.
/// </summary>
/// <param name="Endpoint">Id of the endpoint that received the delivery.</param>
/// <param name="Delivery">Id of the delivery in the inbox.</param>
/// <param name="Decision">
/// Set when a person decided about a delivery that could not be applied: to retry, or to discard it. A discarded one
/// stays in manual review, and the marks of its invoices are removed.
/// </param>
/// <param name="Invoice">The invoice that arrived after its payment and waits for it.</param>
public sealed record PaymentReceived(
    string Endpoint,
    string Delivery,
    OperatorDecision? Decision = null,
    InvoiceId? Invoice = null
) : MessageRecord;
