namespace Dunning.Receivables;

/// <summary>One change of what a customer owes: a line of a statement of account.</summary>
/// <param name="Date">In the customer's zone.</param>
/// <param name="Amount">Positive when the customer owes more after it.</param>
/// <param name="Reference">The provider's or the bank's id of the payment, refund or credit note.</param>
public sealed record AccountMovement(
    DateOnly Date,
    MovementKind Kind,
    Invoice Invoice,
    Money Amount,
    string? Reference = null
);

/// <summary>In the order in which movements of one day are listed.</summary>
public enum MovementKind
{
    Invoice,
    Payment,
    CreditNote,
    Refund,
    Chargeback,
    Void,
    WriteOff,

    /// <summary>Late-payment interest was charged.</summary>
    LateInterest,

    /// <summary>The fixed sum for the cost of recovery was charged.</summary>
    FixedSum,

    /// <summary>A reminder fee was charged.</summary>
    ReminderFee,

    /// <summary>The discount that was earned by paying early.</summary>
    Discount,

    /// <summary>
    /// What neither the ledger nor the closing explains: the source lowered the amount due, or the shortfall of a
    /// settled invoice was let go.
    /// </summary>
    Adjustment,
}
