using Dunning.Book;

namespace Dunning.Settle;

/// <summary>Finds the one invoice that a payment fact is about, or says why there is none: never a guess, never the first of several.</summary>
public sealed class PaymentMatch(Lookup lookup, BookTable book)
{
    /// <param name="provider">As <see cref="LedgerNameOf"/> says.</param>
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
        var found = await FindAsync(LedgerNameOf(delivery.Provider, delivery.Endpoint), fact, cancel);
        // A delivery that was parked waits for every name its event gave; the invoice that came in may have only one of them.
        if (found.Invoice is not null && delivery.Problem is not null)
            await Task.WhenAll(fact.References.Distinct().Select(reference => lookup.ForgetAwaitingAsync(reference, delivery.Id, cancel)));
        if (found.Invoice is not null || fact.References.Count == 0)
            return found;
        foreach (var reference in fact.References.Distinct())
            await lookup.AwaitReferenceAsync(reference, delivery.Endpoint, delivery.Id, cancel);
        // The invoice may have come in while we were looking the other way.
        return await FindAsync(LedgerNameOf(delivery.Provider, delivery.Endpoint), fact, cancel);
    }

    /// <summary>Remembers the provider's ids, for later events that carry no reference of ours.</summary>
    public Task RememberAsync(string provider, PaymentFact fact, InvoiceId invoice, CancellationToken cancel) =>
        // What is stopped may be named by our own number, which is no id of the provider's.
        fact.Kind is PaymentFactKind.Stop ? Task.CompletedTask : Task.WhenAll(
            fact.Related.Prepend(fact.ObjectId).Distinct().Select(objectId => lookup.AddProviderIdAsync(provider, objectId, invoice, cancel)));

    public static string LedgerNameOf(string provider, string endpoint) => Providers.Find(provider) switch
    {
        { SharesIds: true } known => known.Ledger,
        _ => $"{provider}@{endpoint}",
    };

    /// <summary>Of several invoices with one number, those that are void or credited do not count: a number may have been issued anew.</summary>
    private async Task<IReadOnlyList<InvoiceId>> ExistingAsync(IReadOnlyList<InvoiceId> ids, CancellationToken cancel)
    {
        var invoices = (await Task.WhenAll(ids.Select(id => book.ReadInvoiceAsync(id, cancel)))).OfType<Stored<Invoice>>().ToList();
        var live = invoices.Where(i => i.Value.Closed is null or { As: ClosedAs.Settled }).ToList();
        return [.. (live.Count > 0 ? live : invoices).Select(i => i.Value.Id)];
    }
}
