using Dunning.Payments.Providers;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Finds the one invoice that a payment change is about, or returns the reason why there is none. It never guesses:
/// when several invoices match, a person decides.
/// </summary>
public sealed class PaymentMatch(Lookup lookup, ReceivablesTable receivables, Queues queues)
{
    /// <param name="provider">The name from <see cref="LedgerNameOf"/>.</param>
    public async Task<(InvoiceId? Invoice, string? Problem)> FindAsync(
        string provider,
        PaymentChange change,
        CancellationToken cancellationToken
    )
    {
        var isAllocated = IsAllocated(provider);
        var known = await KnownByIdAsync(provider, change, onlyFirst: !isAllocated, cancellationToken);
        // One transfer may pay several invoices: then the reference says which debt this part of it pays, and an
        // earlier part proves nothing. A processor's payment has one debt, and what it was matched with stays matched.
        var isPart = isAllocated && change.References.Count > 0;
        if (known.Count == 1 && !isPart)
            return (known.Single(), null);
        foreach (var reference in change.References.Distinct())
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
        if (known.Count == 1 && change.Kind is not PaymentChangeKind.Payment)
            return (known.Single(), null);
        return (null, WhyUnmatched(change, known.Count));
    }

    /// <summary>
    /// Like <see cref="FindAsync"/>. When no invoice is found, the delivery is registered under all its references and
    /// provider ids, and is applied as soon as an invoice or another payment with one of them arrives.
    /// </summary>
    public async Task<(InvoiceId? Invoice, string? Problem)> FindOrAwaitAsync(
        WebhookDelivery delivery,
        PaymentChange change,
        CancellationToken cancellationToken
    )
    {
        var provider = LedgerNameOf(delivery.Provider, delivery.Endpoint);
        var found = await FindAsync(provider, change, cancellationToken);
        // A delivery in manual review is registered under every key; the match used only one, so all are removed.
        if (found.Invoice is not null && delivery.Problem is not null)
            await StopAwaitingAsync(delivery, change, cancellationToken);
        if (found.Invoice is not null)
            return found;
        foreach (var key in AwaitedKeys(provider, change))
            await lookup.AwaitReferenceAsync(key, delivery.Endpoint, delivery.Id, cancellationToken);
        // Search again: the invoice may have arrived between the search and the registration.
        return await FindAsync(provider, change, cancellationToken);
    }

    /// <summary>The delivery is applied or a person has decided: no invoice that arrives later gets it.</summary>
    public Task StopAwaitingAsync(
        WebhookDelivery delivery,
        PaymentChange change,
        CancellationToken cancellationToken
    ) =>
        Task.WhenAll(
            AwaitedKeys(LedgerNameOf(delivery.Provider, delivery.Endpoint), change)
                .Select(key => lookup.DeleteAwaitingAsync(key, delivery.Id, cancellationToken))
        );

    /// <summary>
    /// Whether it reports once more a payment that a person has assigned. A report with another amount does not.
    /// </summary>
    public async Task<bool> IsAssignedAsync(string provider, PaymentChange change, CancellationToken cancellationToken)
    {
        if (change is not { ReportsPayment: true, Amount: not null })
            return false;
        var key = AssignmentKey(provider, change);
        foreach (var id in await lookup.FindProviderIdAsync(provider, change.ObjectId, cancellationToken))
        {
            if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice)
                continue;
            var ledger = await receivables.ReadLedgerAsync(invoice.Value.Id, cancellationToken);
            if (
                ledger.Any(e =>
                    (e.Value.Provider, e.Value.ObjectId, e.Value.AssignedFrom) == (provider, change.ObjectId, key)
                )
            )
                return true;
        }
        return false;
    }

    /// <summary>
    /// Identifies what is reported of a payment. Where one transfer may pay several invoices, its parts differ by what
    /// they name.
    /// </summary>
    public static string AssignmentKey(string provider, PaymentChange change) =>
        Ids.Hash(
            'a',
            string.Join('\n', IsAllocated(provider) ? [$"{change.Amount}", .. change.References] : [$"{change.Amount}"])
        );

    /// <summary>
    /// Stores the provider's ids for later events that carry no reference of ours, and enqueues earlier deliveries that
    /// wait for one of them.
    /// </summary>
    public async Task RememberAsync(
        string provider,
        PaymentChange change,
        InvoiceId invoice,
        CancellationToken cancellationToken
    )
    {
        // The object id of a voided invoice may be our own number, which is no id of the provider.
        if (change.Kind is PaymentChangeKind.Stop)
            return;
        foreach (var objectId in ProviderIds(change))
        {
            // Also for a known id: a crash after it was stored may have left deliveries waiting.
            await lookup.AddProviderIdAsync(provider, objectId, invoice, cancellationToken);
            var key = AwaitedKey(provider, objectId);
            foreach (var (endpoint, delivery) in await lookup.FindAwaitingAsync(key, cancellationToken))
            {
                await queues.SendAsync(
                    Queues.PaymentsReceived,
                    new PaymentReceived(endpoint, delivery),
                    TimeSpan.Zero,
                    cancellationToken
                );
                await lookup.DeleteAwaitingAsync(key, delivery, cancellationToken);
            }
        }
    }

    /// <summary>Every invoice that matches the change by a provider id or a reference.</summary>
    public async Task<IReadOnlySet<InvoiceId>> NamedByAsync(
        string provider,
        PaymentChange change,
        CancellationToken cancellationToken
    )
    {
        var named = await KnownByIdAsync(provider, change, onlyFirst: false, cancellationToken);
        foreach (var reference in change.References.Distinct())
            named.UnionWith(await lookup.FindReferenceAsync(reference, cancellationToken));
        return named;
    }

    /// <summary>
    /// The provider's name in ledger keys and lookups. A provider whose ids are unique only within one endpoint gets
    /// the endpoint id appended.
    /// </summary>
    public static string LedgerNameOf(string provider, string endpoint) =>
        PaymentProviders.Find(provider) switch
        {
            { HasUniqueIds: true } known => known.LedgerName,
            _ => $"{provider}@{endpoint}",
        };

    private static bool IsAllocated(string provider) =>
        PaymentProviders.Find(PaymentEventText.NameOf(provider)) is { AllocatesPayments: true };

    private static string WhyUnmatched(PaymentChange change, int known) =>
        change.References.Count > 0
            ? $"no invoice has the reference {string.Join(" or ", change.References.Select(r => $"'{r}'"))}"
        : known > 1 ? $"payment '{change.ObjectId}' is booked on {known} invoices, and the event names none of them"
        : "the event names no invoice";

    private async Task<HashSet<InvoiceId>> KnownByIdAsync(
        string provider,
        PaymentChange change,
        bool onlyFirst,
        CancellationToken cancellationToken
    )
    {
        HashSet<InvoiceId> known = [];
        foreach (var objectId in ProviderIds(change))
        {
            known.UnionWith(await lookup.FindProviderIdAsync(provider, objectId, cancellationToken));
            if (known.Count > 0 && onlyFirst)
                break;
        }
        // An id may lead to the invoice as it was before it moved to another customer, and another one to where it is.
        return known.Count < 2
            ? known
            :
            [
                .. (await Task.WhenAll(known.Select(id => receivables.ReadInvoiceAsync(id, cancellationToken))))
                    .OfType<Versioned<Invoice>>()
                    .Select(invoice => invoice.Value.Id),
            ];
    }

    private static IEnumerable<string> ProviderIds(PaymentChange change) =>
        change.Related.Prepend(change.ObjectId).Distinct();

    private static IReadOnlyList<string> AwaitedKeys(string provider, PaymentChange change) =>
        [.. ProviderIds(change).Select(id => AwaitedKey(provider, id)).Concat(change.References).Distinct()];

    /// <summary>The key under which a delivery waits for an id of its provider.</summary>
    private static string AwaitedKey(string provider, string objectId) => $"{provider} {objectId}";

    /// <summary>
    /// Of several invoices with one number, void and credited ones are ignored: the number may have been issued again.
    /// </summary>
    private async Task<IReadOnlyList<InvoiceId>> ExistingAsync(
        IReadOnlyList<InvoiceId> ids,
        CancellationToken cancellationToken
    )
    {
        var invoices = (await Task.WhenAll(ids.Select(id => receivables.ReadInvoiceAsync(id, cancellationToken))))
            .OfType<Versioned<Invoice>>()
            .ToList();
        var valid = invoices.Where(i => i.Value.Closed is null or { As: ClosedAs.Settled }).ToList();
        // While an invoice moves to another customer, it may be found under both ids.
        return [.. (valid.Count > 0 ? valid : invoices).Select(i => i.Value.Id).Distinct()];
    }
}
