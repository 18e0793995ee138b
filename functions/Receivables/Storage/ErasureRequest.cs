namespace Dunning.Receivables.Storage;

/// <summary>A customer's erasure in progress: the row is deleted with the last transaction of the erasure.</summary>
/// <param name="Numbers">
/// The customer's phone numbers and mailboxes, whose rows in <c>lookup</c> are deleted before this row.
/// </param>
/// <param name="RequestedAt">
/// UTC. Invoices accepted later are not erased: they are new business with the customer.
/// </param>
public sealed record ErasureRequest(CustomerId CustomerId, DateTimeOffset RequestedAt, IReadOnlyList<string> Numbers)
    : StoredRecord
{
    /// <summary>See <see cref="Customer.NameKey"/>; its row in <c>lookup</c> is deleted before this row.</summary>
    public string? NameKey { get; init; }
}
