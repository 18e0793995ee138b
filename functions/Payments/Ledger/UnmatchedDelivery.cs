using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>A delivery that a person decides about, with what it reports.</summary>
internal sealed record UnmatchedDelivery(WebhookDelivery Delivery, IReadOnlyList<PaymentEvent> Reported)
{
    /// <summary>The name in the ledger.</summary>
    public string Provider => PaymentMatch.LedgerNameOf(Delivery.Provider, Delivery.Endpoint);

    public IEnumerable<PaymentChange> Changes => Reported.SelectMany(source => source.Changes);

    /// <summary>The payments whose amount is known.</summary>
    public IReadOnlyList<SourcedPaymentChange> Payments =>
        [
            .. Reported
                .SelectMany(source =>
                    source.Changes.Select(change => new SourcedPaymentChange(Provider, source, change))
                )
                .Where(payment => payment is { Value.ReportsPayment: true, Amount: not null })
                .DistinctBy(payment => payment.Value.ObjectId),
        ];

    /// <summary>What a person has assigned of a payment.</summary>
    public IReadOnlyList<PaymentAllocation> AssignedOf(PaymentChange payment) =>
        [.. (Delivery.Allocations ?? []).Where(part => part.PaymentId == payment.ObjectId)];

    /// <summary>The newest decision.</summary>
    public OperatorDecision Made => Delivery.Decisions![^1];
}
