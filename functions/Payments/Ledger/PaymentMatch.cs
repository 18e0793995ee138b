using Dunning.Payments.Providers;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Finds the one invoice that a payment fact is about, or says why there is none: never a guess, never the first of
/// several.
/// </summary>
public sealed class PaymentMatch(Lookup lookup, ReceivablesTable receivables, Queues queues)
{
    /// <param name="provider">As <see cref="LedgerNameOf"/> says.</param>
    public async Task<(InvoiceId? Invoice, string? Problem)> FindAsync(
        string provider,
        PaymentChange fact,
        CancellationToken cancellationToken
    )
    {
        var isAllocated = PaymentProviders.Find(provider.Split('@')[0]) is { AllocatesPayments: true };
        var known = await KnownByIdAsync(provider, fact, onlyFirst: !isAllocated, cancellationToken);
        // One transfer may pay several invoices: then the reference says which debt this part of it pays, and an
        // earlier part proves nothing. A processor's payment has one debt, and what it was matched with stays matched.
        var isPart = isAllocated && fact.References.Count > 0;
        if (known.Count == 1 && !isPart)
            return (known.Single(), null);
        foreach (var reference in fact.References.Distinct())
        {
            var found = await ExistingAsync(
                await lookup.FindReferenceAsync(reference, cancellationToken),
                cancellationToken
            );
            var booked = found.Where(known.Contains).ToList();
            if ((booked.Count == 1 ? booked : found) is [var only])
                return (only, null);
            if (found.Count > 1)
                return (null, $"reference '{reference}' belongs to {found.Count} invoices");
        }
        if (known.Count == 1 && fact.Kind is not PaymentChangeKind.Payment)
            return (known.Single(), null);
        return (null, WhyUnmatched(fact, known.Count));
    }

    /// <summary>
    /// Like <see cref="FindAsync"/>; a payment whose invoice is not here yet, or that names an order of the provider's
    /// that nobody has spoken of yet, is applied as soon as either comes in.
    /// </summary>
    public async Task<(InvoiceId? Invoice, string? Problem)> FindOrAwaitAsync(
        WebhookDelivery delivery,
        PaymentChange fact,
        CancellationToken cancellationToken
    )
    {
        var provider = LedgerNameOf(delivery.Provider, delivery.Endpoint);
        var names = ProviderIds(fact).Select(id => Awaited(provider, id)).Concat(fact.References).Distinct().ToList();
        var found = await FindAsync(provider, fact, cancellationToken);
        // A delivery that was parked waits for every name its event gave; what came in may have only one of them.
        if (found.Invoice is not null && delivery.Problem is not null)
            await Task.WhenAll(names.Select(name => lookup.DeleteAwaitingAsync(name, delivery.Id, cancellationToken)));
        if (found.Invoice is not null)
            return found;
        foreach (var name in names)
            await lookup.AwaitReferenceAsync(name, delivery.Endpoint, delivery.Id, cancellationToken);
        // It may have come in while we were looking the other way.
        return await FindAsync(provider, fact, cancellationToken);
    }

    /// <summary>
    /// Remembers the provider's ids, for later events that carry no reference of ours, and wakes the earlier ones.
    /// </summary>
    public async Task RememberAsync(
        string provider,
        PaymentChange fact,
        InvoiceId invoice,
        CancellationToken cancellationToken
    )
    {
        // What is stopped may be named by our own number, which is no id of the provider's.
        if (fact.Kind is PaymentChangeKind.Stop)
            return;
        foreach (var objectId in ProviderIds(fact))
        {
            // Also for an id that is known: whoever added it may have died before it woke what waits.
            await lookup.AddProviderIdAsync(provider, objectId, invoice, cancellationToken);
            var name = Awaited(provider, objectId);
            foreach (var (endpoint, delivery) in await lookup.FindAwaitingAsync(name, cancellationToken))
            {
                await queues.SendAsync(
                    Queues.PaymentsReceived,
                    new PaymentReceived(endpoint, delivery),
                    TimeSpan.Zero,
                    cancellationToken
                );
                await lookup.DeleteAwaitingAsync(name, delivery, cancellationToken);
            }
        }
    }

    /// <summary>Every invoice that a fact names, also where it names several.</summary>
    public async Task<IReadOnlySet<InvoiceId>> NamedByAsync(
        string provider,
        PaymentChange fact,
        CancellationToken cancellationToken
    )
    {
        var named = await KnownByIdAsync(provider, fact, onlyFirst: false, cancellationToken);
        foreach (var reference in fact.References.Distinct())
            named.UnionWith(await lookup.FindReferenceAsync(reference, cancellationToken));
        return named;
    }

    public static string LedgerNameOf(string provider, string endpoint) =>
        PaymentProviders.Find(provider) switch
        {
            { SharesIds: true } known => known.Ledger,
            _ => $"{provider}@{endpoint}",
        };

    private static string WhyUnmatched(PaymentChange fact, int known) =>
        fact.References.Count > 0
            ? $"no invoice is known by {string.Join(" or ", fact.References.Select(r => $"'{r}'"))}"
        : known > 1 ? $"payment '{fact.ObjectId}' is booked on {known} invoices, and the event names none of them"
        : "the event names no invoice";

    private async Task<HashSet<InvoiceId>> KnownByIdAsync(
        string provider,
        PaymentChange fact,
        bool onlyFirst,
        CancellationToken cancellationToken
    )
    {
        HashSet<InvoiceId> known = [];
        foreach (var objectId in ProviderIds(fact))
        {
            known.UnionWith(await lookup.FindProviderIdAsync(provider, objectId, cancellationToken));
            if (known.Count > 0 && onlyFirst)
                break;
        }
        return known;
    }

    private static IEnumerable<string> ProviderIds(PaymentChange fact) =>
        fact.Related.Prepend(fact.ObjectId).Distinct();

    /// <summary>What a payment that names only ids of its provider waits for.</summary>
    private static string Awaited(string provider, string objectId) => $"{provider} {objectId}";

    /// <summary>
    /// Of several invoices with one number, those that are void or credited do not count: a number may have been issued
    /// anew.
    /// </summary>
    private async Task<IReadOnlyList<InvoiceId>> ExistingAsync(
        IReadOnlyList<InvoiceId> ids,
        CancellationToken cancellationToken
    )
    {
        var invoices = (await Task.WhenAll(ids.Select(id => receivables.ReadInvoiceAsync(id, cancellationToken))))
            .OfType<Versioned<Invoice>>()
            .ToList();
        var live = invoices.Where(i => i.Value.Closed is null or { As: ClosedAs.Settled }).ToList();
        return [.. (live.Count > 0 ? live : invoices).Select(i => i.Value.Id)];
    }
}
