using Dunning.Book;

namespace Dunning.Settle;

/// <summary>Finds the one invoice that a payment fact is about, or says why there is none: never a guess, never the first of several.</summary>
public sealed class PaymentMatch(Lookup lookup, BookTable book)
{
    public async Task<(InvoiceId? Invoice, string? Problem)> FindAsync(string provider, PaymentFact fact, CancellationToken cancel)
    {
        // What the provider's own ids were matched with before stays matched, whatever a later event says.
        foreach (var objectId in fact.Related.Prepend(fact.ObjectId).Distinct())
        {
            if (await lookup.FindProviderIdAsync(provider, objectId, cancel) is { } known)
                return (known, null);
        }
        foreach (var reference in fact.References.Distinct())
        {
            var found = await ExistingAsync(await lookup.FindReferenceAsync(reference, cancel), cancel);
            if (found.Count == 1)
                return (found[0], null);
            if (found.Count > 1)
                return (null, $"reference '{reference}' belongs to {found.Count} invoices");
        }
        return (null, fact.References.Count > 0 ? $"no invoice is known by {string.Join(" or ", fact.References.Select(r => $"'{r}'"))}" : "the event names no invoice");
    }

    /// <summary>Like <see cref="FindAsync"/>; a payment whose invoice is not here yet is applied as soon as that invoice comes in.</summary>
    public async Task<(InvoiceId? Invoice, string? Problem)> FindOrAwaitAsync(Delivery delivery, PaymentFact fact, CancellationToken cancel)
    {
        var found = await FindAsync(delivery.Provider, fact, cancel);
        if (found.Invoice is not null || fact.References.Count == 0)
            return found;
        foreach (var reference in fact.References.Distinct())
            await lookup.AwaitReferenceAsync(reference, delivery.Endpoint, delivery.Id, cancel);
        // The invoice may have come in while we were looking the other way.
        return await FindAsync(delivery.Provider, fact, cancel);
    }

    /// <summary>Remembers the provider's ids, for later events that carry no reference of ours.</summary>
    public Task RememberAsync(string provider, PaymentFact fact, InvoiceId invoice, CancellationToken cancel) => Task.WhenAll(
        fact.Related.Prepend(fact.ObjectId).Distinct().Select(objectId => lookup.AddProviderIdAsync(provider, objectId, invoice, cancel)));

    private async Task<IReadOnlyList<InvoiceId>> ExistingAsync(IReadOnlyList<InvoiceId> ids, CancellationToken cancel)
    {
        var invoices = await Task.WhenAll(ids.Select(id => book.ReadInvoiceAsync(id, cancel)));
        return [.. invoices.OfType<Stored<Invoice>>().Select(i => i.Value.Id)];
    }
}
