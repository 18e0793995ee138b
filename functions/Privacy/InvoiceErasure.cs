using Dunning.Documents;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Erases the personal data of one invoice and its events. The invoice is marked as erased last, so that the next run
/// continues an interrupted one.
/// </summary>
public sealed class InvoiceErasure(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DocumentStore documents,
    Lookup lookup
)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 5;

    /// <returns>The number of transactions; 0 when there was nothing to do.</returns>
    public async Task<int> EraseAsync(InvoiceId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await DeleteFilesAsync(id, cancellationToken);
        await DeleteReferencesAsync(id, at, cancellationToken);
        var count = await transactions.RepeatAsync(
            id.Customer,
            async () =>
                // The invoice is read first: any later event also changes it, so the commit fails.
                await receivables.ReadInvoiceAsync(id, cancellationToken) is { Value.ErasedAt: null } invoice
                    ? new Facts(invoice, await receivables.ReadStoredEventsAsync(id, cancellationToken))
                    : null,
            (facts, _) => Decide(facts, at),
            cancellationToken
        );
        // What was stored until the row was erased: from now on nothing is.
        await DeleteFilesAsync(id, cancellationToken);
        return count;
    }

    /// <summary>A reference for a transfer may be any text; number and external id stay.</summary>
    private async Task DeleteReferencesAsync(InvoiceId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { Value: { ErasedAt: null } invoice })
            return;
        foreach (var reference in Lookup.ReferencesOf(invoice).Except(Lookup.ReferencesOf(Erasure.Erase(invoice, at))))
            await lookup.DeleteReferenceAsync(reference, id, cancellationToken);
    }

    /// <summary>Files from before a merge have the former customer's id.</summary>
    public async Task DeleteFilesAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        var account = await receivables.ReadAsync(id.Customer, cancellationToken);
        foreach (var customer in (account?.Customer.Value.MergedFrom ?? []).Prepend(id.Customer))
            await documents.DeleteAsync(customer, id.Invoice, cancellationToken);
    }

    private static CustomerTransaction Decide(Facts facts, DateTimeOffset at)
    {
        var transaction = new CustomerTransaction(facts.Invoice.Value.Id.Customer);
        foreach (var (stored, erased) in WithPersonalText(facts.Events).Take(BatchSize))
            transaction.Save(stored, erased with { ErasedAt = at });
        return transaction.Rows.Count < BatchSize
            ? transaction.Save(facts.Invoice, Erasure.Erase(facts.Invoice.Value, at))
            : transaction;
    }

    private sealed record Facts(Versioned<Invoice> Invoice, IReadOnlyList<StoredEvent> Events);

    private static IEnumerable<(StoredEvent Stored, InvoiceEvent Erased)> WithPersonalText(
        IEnumerable<StoredEvent> events
    ) =>
        from stored in events
        let erased = Erasure.Erase(stored.Event.Value)
        where Rows.Serialise(erased) != Rows.Serialise(stored.Event.Value)
        select (stored, erased);
}
