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
    public static LedgerKind ToLedgerKind(this ChargeKind kind) =>
        kind switch
        {
            ChargeKind.Interest => LedgerKind.LateInterest,
            ChargeKind.FixedSum => LedgerKind.FixedSum,
            ChargeKind.ReminderFee => LedgerKind.ReminderFee,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind has no entry: add it here."),
        };

    /// <summary>Null for an entry that is no charge.</summary>
    public static ChargeKind? ToChargeKind(this LedgerKind kind) =>
        kind switch
        {
            LedgerKind.LateInterest => ChargeKind.Interest,
            LedgerKind.FixedSum => ChargeKind.FixedSum,
            LedgerKind.ReminderFee => ChargeKind.ReminderFee,
            _ => null,
        };
}
