using System.Collections.Frozen;

namespace Dunning.Receivables;

/// <summary>What a creditor may add to an overdue invoice. Each is a ledger entry of its own.</summary>
public enum ChargeKind
{
    /// <summary>Late-payment interest up to a day.</summary>
    Interest,

    /// <summary>
    /// The fixed sum or scale that the law gives for the cost of recovery, once per invoice (Directive 2011/7/EU art.
    /// 6).
    /// </summary>
    FixedSum,

    /// <summary>A fee for one reminder.</summary>
    ReminderFee,
}

internal static class ChargeKinds
{
    private static readonly FrozenDictionary<ChargeKind, LedgerKind> _ledgerKinds = new Dictionary<
        ChargeKind,
        LedgerKind
    >
    {
        [ChargeKind.Interest] = LedgerKind.LateInterest,
        [ChargeKind.FixedSum] = LedgerKind.FixedSum,
        [ChargeKind.ReminderFee] = LedgerKind.ReminderFee,
    }.ToFrozenDictionary();

    public static LedgerKind ToLedgerKind(this ChargeKind kind) => _ledgerKinds[kind];

    /// <summary>Null for an entry that is no charge.</summary>
    public static ChargeKind? ToChargeKind(this LedgerKind kind)
    {
        foreach (var (charge, ledgerKind) in _ledgerKinds)
        {
            if (ledgerKind == kind)
                return charge;
        }
        return null;
    }
}
