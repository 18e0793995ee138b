using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>What an invoice gets of one payment.</summary>
/// <param name="PaymentId">The provider's id of the payment.</param>
public sealed record PaymentAllocation(string PaymentId, InvoiceId Invoice, Money Amount) : StoredRecord;
