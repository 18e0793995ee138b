namespace Dunning.Receivables;

/// <summary>What payments did to an invoice.</summary>
public sealed record PaymentState : StoredRecord
{
    /// <summary>
    /// The highest amount due that the source ever sent; payments of the ledger are subtracted from it.
    /// </summary>
    public required Money OriginalAmount { get; init; }

    /// <summary>
    /// The balance of all ledger entries: payments minus refunds and chargebacks. Always computed from the entries.
    /// </summary>
    public required Money Paid { get; init; }

    /// <summary>What persons wrote off, from the ledger; null for nothing.</summary>
    public Money? WrittenOff { get; init; }

    /// <summary>
    /// <see cref="Paid"/> and <see cref="WrittenOff"/> when the source last sent the invoice. Its amount due may or
    /// may not contain them.
    /// </summary>
    public required Money PaidWhenSent { get; init; }

    /// <summary>
    /// The shortfall up to which a part payment settles the invoice, in minor units; from the policy at acceptance.
    /// </summary>
    public long Tolerance { get; init; }

    /// <summary>
    /// The discount for early payment that the customer has earned by paying the rest in time; null for none. Always
    /// computed from the ledger entries.
    /// </summary>
    public Money? Discount { get; init; }

    /// <summary>What credit notes took off, a part of <see cref="Paid"/>; null for nothing.</summary>
    public Money? Credited { get; init; }

    /// <summary>Interest, fixed sums and fees, from the ledger; null for none.</summary>
    public Money? Charged { get; init; }

    /// <summary>Set while a provider reports that a payment is in progress.</summary>
    public PendingPayment? Pending { get; init; }

    /// <summary>Of a credit note that names no invoice: what was set off against invoices; null for nothing.</summary>
    public Money? SetOff { get; init; }

    /// <summary>When the collection of the money failed, UTC; null while it has not.</summary>
    public DateTimeOffset? CollectionFailedAt { get; init; }

    /// <summary>
    /// Webhook deliveries accepted for the invoice and not applied yet: while there is one, no reminder is sent.
    /// </summary>
    public IReadOnlyList<string> PendingPayments { get; init; } = [];
}

/// <param name="ObjectId">
/// The provider's id of the payment attempt: only the failure of this attempt ends the pause before <c>Until</c>.
/// </param>
/// <param name="Until">No reminder before this instant, UTC.</param>
public sealed record PendingPayment(string ObjectId, DateTimeOffset Until) : StoredRecord
{
    /// <summary>
    /// A provider reported a payment in progress. False for a payment that waits for manual review, because it is in
    /// another currency.
    /// </summary>
    public bool IsAnnounced { get; init; }

    /// <summary>The customer says so, and no provider does: any payment ends the wait.</summary>
    public bool IsClaimed { get; init; }
}
