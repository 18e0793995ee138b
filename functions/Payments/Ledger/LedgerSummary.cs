using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>What the ledger says of an invoice, whatever the order in which its entries came in.</summary>
/// <param name="Refunded">Given back of our own accord.</param>
/// <param name="ChargedBack">Taken back by the customer's bank.</param>
/// <param name="Disputed">Ids of what the customer disputes, no money having moved for it yet.</param>
/// <param name="OnItsWay">Ids of payments that were begun and of which nothing later is known.</param>
internal sealed record LedgerSummary(
    Money Paid,
    Money Refunded,
    Money ChargedBack,
    IReadOnlyList<string> Disputed,
    IReadOnlyList<string> OnItsWay
)
{
    public bool IsDisputed => ChargedBack.IsPositive || Disputed.Count > 0;

    public static LedgerSummary Create(IReadOnlyCollection<LedgerEntry> entries, string currency)
    {
        return new(
            Balance.Paid(entries, currency),
            Balance.Refunded(entries, currency),
            Balance.ChargedBack(entries, currency),
            StillSo(LedgerKind.Dispute, LedgerKind.Chargeback),
            StillSo(
                LedgerKind.InFlight,
                LedgerKind.Payment,
                LedgerKind.PaymentTotal,
                LedgerKind.PaidInFull,
                LedgerKind.Failed
            )
        );

        IReadOnlyList<string> StillSo(LedgerKind word, params LedgerKind[] outcomes) =>
            [
                .. entries
                    .Where(e => e.Kind == word && !entries.Any(o => outcomes.Contains(o.Kind) && IsOutcome(o, e)))
                    .Select(e => e.ObjectId)
                    .Order(StringComparer.Ordinal),
            ];
    }

    private static bool IsOutcome(LedgerEntry outcome, LedgerEntry word) =>
        (outcome.Provider, outcome.ObjectId) == (word.Provider, word.ObjectId) && outcome.OccurredAt >= word.OccurredAt;
}
