using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>One entry that was added to an invoice's ledger or replaced in it.</summary>
/// <param name="Stored">The entry before; null for a new one.</param>
/// <param name="Previous">The ledger without the change.</param>
/// <param name="Current">The ledger with the change.</param>
/// <param name="OwedBefore">The open amount before the change.</param>
internal sealed record LedgerChange(
    LedgerEntry? Stored,
    LedgerEntry Entry,
    LedgerSummary Previous,
    LedgerSummary Current,
    Money OwedBefore
)
{
    /// <summary>What the provider or a person reported.</summary>
    public required SourcedPaymentChange Reported { get; init; }

    /// <summary>A payment of zero: it was reported as paid or started, and failed or was taken back.</summary>
    public bool IsFailedPayment => Entry is { Kind: LedgerKind.Payment, Amount.IsZero: true };

    /// <summary>A recorded payment of zero: the person who recorded it took it back.</summary>
    public bool IsTakenBack => IsFailedPayment && Entry.Provider == LedgerEntry.RecordedByHand;

    /// <summary>A person assigned a part of the payment to another invoice.</summary>
    public bool IsPartMoved => Entry.AssignedFrom is not null && Stored is { } stored && stored.Amount > Entry.Amount;

    /// <summary>A person waived a charge.</summary>
    public bool IsWaived =>
        Entry is { Kind: var kind, Amount.IsZero: true }
        && kind.ToChargeKind() is not null
        && Stored is { Amount.IsPositive: true };

    public bool IsWriteOffRemoved =>
        Entry is { Kind: LedgerKind.WriteOff, Amount.IsZero: true } && Stored is { Amount.IsPositive: true };
}
