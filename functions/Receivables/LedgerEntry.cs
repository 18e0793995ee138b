namespace Dunning.Receivables;

public enum LedgerKind
{
    Payment,

    /// <summary>What has been paid in all on one invoice of the provider.</summary>
    PaymentTotal,

    /// <summary>
    /// The provider says that its own invoice is paid: the amount that settles ours, cash and credit together.
    /// </summary>
    PaidInFull,

    /// <summary>Reduced what is owed; zero when it was voided.</summary>
    CreditNote,
    Refund,

    /// <summary>What has been refunded in all of one payment.</summary>
    RefundTotal,
    Chargeback,

    /// <summary>Only a word, no money: a payment was said to be on its way.</summary>
    InFlight,

    /// <summary>Only a word, no money: an attempt to pay failed.</summary>
    Failed,

    /// <summary>Only a word, no money: the customer disputes a payment.</summary>
    Dispute,
}

/// <summary>
/// What is known of one payment, refund or dispute. One entry for each (provider, kind, object id), kept for ever.
/// </summary>
/// <param name="Amount">
/// Never negative. Zero for a payment or refund that failed, a chargeback that was reversed, and a mere word.
/// </param>
/// <param name="OccurredAt">When the provider says it happened, UTC.</param>
/// <param name="EventId">The provider's event that told of it.</param>
public sealed record LedgerEntry(
    string Provider,
    string ObjectId,
    LedgerKind Kind,
    string InvoiceId,
    Money Amount,
    DateTimeOffset OccurredAt,
    string EventId
)
{
    /// <summary>The provider of payments that a person or a bank import recorded through our own API.</summary>
    public const string RecordedByHand = "manual";

    /// <summary>How often a person has corrected or taken back the entry: the last correction counts.</summary>
    public int Revision { get; init; }

    /// <summary>
    /// The entry that stays when another word about the same object comes in. It is the greater of the two in a total
    /// order, so any order of arrival and any number of repeats end with the same entry.
    /// </summary>
    /// <exception cref="ArgumentException">The two are about different objects.</exception>
    public static LedgerEntry Merge(LedgerEntry? stored, LedgerEntry incoming)
    {
        if (stored is null)
            return incoming;
        if ((stored.Provider, stored.Kind, stored.ObjectId) != (incoming.Provider, incoming.Kind, incoming.ObjectId))
            throw new ArgumentException("Only entries about the same object can be merged.", nameof(incoming));
        return Compare(stored, incoming) >= 0 ? stored : incoming;
    }

    private static int Compare(LedgerEntry a, LedgerEntry b) =>
        new[]
        {
            a.Revision.CompareTo(b.Revision),
            a.Kind switch
            {
                // What has been paid or refunded in all only grows: a smaller total is an older one.
                LedgerKind.PaymentTotal or LedgerKind.PaidInFull or LedgerKind.RefundTotal => a.Amount.Minor.CompareTo(
                    b.Amount.Minor
                ),
                // A refund that failed, or a credit note that was voided, stays so.
                LedgerKind.Refund or LedgerKind.CreditNote => a.Amount.IsZero.CompareTo(b.Amount.IsZero),
                _ => 0,
            },
            a.OccurredAt.CompareTo(b.OccurredAt),
            // Within one instant a chargeback comes before its reversal, and a payment before its failure.
            a.Kind == LedgerKind.Payment
                ? a.Amount.IsZero.CompareTo(b.Amount.IsZero)
                : 0,
            a.Kind == LedgerKind.Chargeback
                ? b.Amount.Minor.CompareTo(a.Amount.Minor)
                : a.Amount.Minor.CompareTo(b.Amount.Minor),
            // From here on only so that the outcome never depends on the order of arrival.
            string.CompareOrdinal(a.Amount.Currency, b.Amount.Currency),
            string.CompareOrdinal(a.EventId, b.EventId),
            string.CompareOrdinal(a.InvoiceId, b.InvoiceId),
        }.FirstOrDefault(order => order != 0);
}
