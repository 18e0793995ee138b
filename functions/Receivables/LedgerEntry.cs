namespace Dunning.Receivables;

public enum LedgerKind
{
    Payment,

    /// <summary>The total paid on one invoice of the provider.</summary>
    PaymentTotal,

    /// <summary>
    /// The provider says that its own invoice is paid: the amount that settles ours, cash and credit together.
    /// </summary>
    PaidInFull,

    /// <summary>Reduced what is owed; zero when it was voided.</summary>
    CreditNote,
    Refund,

    /// <summary>The total refunded of one payment.</summary>
    RefundTotal,
    Chargeback,

    /// <summary>Status without money: a payment is in progress.</summary>
    InFlight,

    /// <summary>Status without money: a payment attempt failed.</summary>
    Failed,

    /// <summary>Status without money: the customer disputes a payment.</summary>
    Dispute,

    /// <summary>A person gave up a claim, or a part of it. It is no payment.</summary>
    WriteOff,

    /// <summary>
    /// The total that was given back of what one provider brought, as a person says. The provider may report the same
    /// refund, before or after.
    /// </summary>
    RefundByPerson,

    /// <summary>Charged: see <see cref="ChargeKind.Interest"/>. Zero when a person waived it.</summary>
    LateInterest,

    /// <summary>Charged: see <see cref="ChargeKind.FixedSum"/>. Zero when a person waived it.</summary>
    FixedSum,

    /// <summary>Charged: see <see cref="ChargeKind.ReminderFee"/>. Zero when it was waived.</summary>
    ReminderFee,
}

/// <summary>
/// The newest state of one payment, refund, chargeback or dispute: one entry per provider, kind and object id. Entries
/// are replaced by newer ones and deleted only with their invoice.
/// </summary>
/// <param name="Amount">
/// Never negative. Zero for a payment or refund that failed, a chargeback that was reversed, and a status without
/// money.
/// </param>
/// <param name="OccurredAt">When the provider says it happened, UTC.</param>
/// <param name="EventId">The provider's event that reported it.</param>
public sealed record LedgerEntry(
    string Provider,
    string ObjectId,
    LedgerKind Kind,
    string InvoiceId,
    Money Amount,
    DateTimeOffset OccurredAt,
    string EventId
) : StoredRecord
{
    /// <summary>The provider of payments that a person or a bank import recorded through our own API.</summary>
    public const string RecordedByHand = "manual";

    /// <summary>The provider of credit notes that came as documents.</summary>
    public const string FromDocument = "document";

    /// <summary>The provider of charges: the policy's step adds them.</summary>
    public const string FromPolicy = "policy";

    /// <summary>The day on which the money was paid, where it is known apart from the instant of the report.</summary>
    public DateOnly? ValueDate { get; init; }

    /// <summary>How often a person has corrected or taken back the entry: the last correction counts.</summary>
    public int Revision { get; init; }

    /// <summary>
    /// Set on a part of a payment that a person assigned to the invoice: identifies what the provider reported, so that
    /// a repeated report is recognized. Null for what was matched.
    /// </summary>
    public string? AssignedFrom { get; init; }

    /// <summary>Only of a charge.</summary>
    public ChargeTerms? Charge { get; init; }

    /// <summary>Whether it is the entry of this object: an invoice has one at most.</summary>
    public bool Is(string provider, LedgerKind kind, string objectId) =>
        (Provider, Kind, ObjectId) == (provider, kind, objectId);

    /// <summary>The revision with which a new amount counts; the stored one when nothing changes.</summary>
    /// <param name="stored">Null for a first entry.</param>
    public static int RevisionFor(LedgerEntry? stored, Money amount) =>
        stored is null ? 0
        : stored.Amount == amount ? stored.Revision
        : stored.Revision + 1;

    /// <summary>
    /// Selects the entry to store when a provider reports an object again: the greater of the two in a total order. So
    /// any order of arrival and any number of duplicates give the same result.
    /// </summary>
    /// <exception cref="ArgumentException">The entries are about different objects.</exception>
    public static LedgerEntry Merge(LedgerEntry? stored, LedgerEntry incoming)
    {
        if (stored is null)
            return incoming;
        if (!stored.Is(incoming.Provider, incoming.Kind, incoming.ObjectId))
            throw new ArgumentException(
                "Only entries of the same provider, kind and object id can be merged.",
                nameof(incoming)
            );
        return Compare(stored, incoming) >= 0 ? stored : incoming;
    }

    private static int Compare(LedgerEntry a, LedgerEntry b) =>
        new[]
        {
            a.Revision.CompareTo(b.Revision),
            a.Kind switch
            {
                // What has been paid or refunded in all only grows: a smaller total is an older one.
                LedgerKind.PaymentTotal
                or LedgerKind.PaidInFull
                or LedgerKind.RefundTotal
                or LedgerKind.RefundByPerson => a.Amount.Minor.CompareTo(b.Amount.Minor),
                // A refund that failed, or a credit note that was voided, stays so.
                LedgerKind.Refund or LedgerKind.CreditNote => a.Amount.IsZero.CompareTo(b.Amount.IsZero),
                _ => 0,
            },
            a.OccurredAt.CompareTo(b.OccurredAt),
            // At the same instant, a reversal counts as later than its chargeback, and a failure as later than its
            // payment: both have the amount zero.
            a.Kind == LedgerKind.Payment
                ? a.Amount.IsZero.CompareTo(b.Amount.IsZero)
                : 0,
            a.Kind == LedgerKind.Chargeback
                ? b.Amount.Minor.CompareTo(a.Amount.Minor)
                : a.Amount.Minor.CompareTo(b.Amount.Minor),
            // The rest only makes the order total: the result must not depend on the order of arrival.
            string.CompareOrdinal(a.Amount.Currency, b.Amount.Currency),
            string.CompareOrdinal(a.EventId, b.EventId),
            string.CompareOrdinal(a.InvoiceId, b.InvoiceId),
        }.FirstOrDefault(order => order != 0);
}

/// <summary>On what a charge rests.</summary>
/// <param name="Amount">What was charged, also after it was waived.</param>
/// <param name="Jurisdiction">The law by which it was computed: ISO 3166-1 alpha-2, or EU.</param>
/// <param name="LegalBasis">As the file of the jurisdiction names it.</param>
public sealed record ChargeTerms(Money Amount, string Jurisdiction, string LegalBasis) : StoredRecord
{
    /// <summary>Of interest: the last day that it covers.</summary>
    public DateOnly? Until { get; init; }
}
