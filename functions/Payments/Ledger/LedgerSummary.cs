using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>The sums of an invoice's ledger, independent of the order in which its entries arrived.</summary>
/// <param name="Refunded">Returned by the creditor.</param>
/// <param name="ChargedBack">Taken back by the customer's bank.</param>
/// <param name="DisputedIds">Provider ids of disputes that have not led to a chargeback yet.</param>
/// <param name="InFlightIds">Provider ids of payments that were started and have no later status.</param>
internal sealed record LedgerSummary(
    Money Paid,
    Money WrittenOff,
    Money Refunded,
    Money ChargedBack,
    IReadOnlyList<string> DisputedIds,
    IReadOnlyList<string> InFlightIds
)
{
    public bool IsDisputed => ChargedBack.IsPositive || DisputedIds.Count > 0;

    public static LedgerSummary Create(IReadOnlyCollection<LedgerEntry> entries, string currency)
    {
        return new(
            Balance.Paid(entries, currency),
            Balance.WrittenOff(entries, currency),
            Balance.Refunded(entries, currency),
            Balance.ChargedBack(entries, currency),
            WithoutOutcome(LedgerKind.Dispute, LedgerKind.Chargeback),
            WithoutOutcome(
                LedgerKind.InFlight,
                LedgerKind.Payment,
                LedgerKind.PaymentTotal,
                LedgerKind.PaidInFull,
                LedgerKind.Failed
            )
        );

        IReadOnlyList<string> WithoutOutcome(LedgerKind status, params LedgerKind[] outcomes) =>
            [
                .. entries
                    .Where(e => e.Kind == status && !entries.Any(o => outcomes.Contains(o.Kind) && IsOutcome(o, e)))
                    .Select(e => e.ObjectId)
                    .Order(StringComparer.Ordinal),
            ];
    }

    private static bool IsOutcome(LedgerEntry outcome, LedgerEntry status) =>
        (outcome.Provider, outcome.ObjectId) == (status.Provider, status.ObjectId)
        && outcome.OccurredAt >= status.OccurredAt;
}
