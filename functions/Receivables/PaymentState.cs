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

    /// <summary>
    /// <see cref="Paid"/> when the source last sent the invoice. Its amount due may or may not contain it.
    /// </summary>
    public required Money PaidWhenSent { get; init; }

    /// <summary>
    /// The shortfall up to which a part payment settles the invoice, in minor units; from the policy at acceptance.
    /// </summary>
    public long Tolerance { get; init; }

    /// <summary>Set while a provider reports that a payment is in progress.</summary>
    public PendingPayment? Pending { get; init; }

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
}
