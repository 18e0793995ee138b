namespace Dunning.Receivables.Storage;

/// <summary>
/// Reminders that were claimed before a change and may be sent after it. A reported payment, hold, dispute or void is
/// confirmed only when no further reminder for the invoice can be sent.
/// </summary>
public sealed class InFlightReminders(ReceivablesTable receivables, TimeProvider clock)
{
    /// <summary>
    /// Limits the wait to about one second, whatever the number of invoices: the shortest webhook timeout of a payment
    /// provider is three seconds (QuickBooks).
    /// </summary>
    private const int MaxPolls = 20;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the claimed reminders are sent, which usually takes less than a second.</summary>
    /// <param name="invoices">Invoices whose payment must no longer be demanded.</param>
    /// <returns>The invoices that a reminder still being sent may name.</returns>
    public async Task<IReadOnlyCollection<InvoiceId>> WaitAsync(
        IEnumerable<InvoiceId> invoices,
        CancellationToken cancellationToken
    )
    {
        var inFlight = await FindInFlightAsync([.. invoices.Distinct()], cancellationToken);
        using var timer = new PeriodicTimer(_pollInterval, clock);
        for (var poll = 0; inFlight.Count > 0 && poll < MaxPolls; poll++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            inFlight = await FindInFlightAsync(inFlight, cancellationToken);
        }
        return inFlight;
    }

    /// <summary>
    /// Waits until every message that was claimed before is sent, of whatever kind and customer.
    /// </summary>
    /// <returns>How many are still being sent.</returns>
    public async Task<int> WaitForAllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await Task.WhenAll(receivables.Shards.All.Select(FindAsync));
        IReadOnlyList<CustomerId> customers = [.. found.SelectMany(f => f)];
        using var timer = new PeriodicTimer(_pollInterval, clock);
        for (var poll = 0; ; poll++)
        {
            var counts = await Task.WhenAll(customers.Select(async id => (Id: id, Count: await CountAsync(id))));
            customers = [.. counts.Where(c => c.Count > 0).Select(c => c.Id)];
            if (customers.Count == 0 || poll == MaxPolls)
                return counts.Sum(c => c.Count);
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        async Task<HashSet<CustomerId>> FindAsync(string shard)
        {
            HashSet<CustomerId> unsent = [];
            await foreach (var (customerId, _) in receivables.FindUnsentAsync(shard, now, cancellationToken))
                unsent.Add(customerId);
            return unsent;
        }

        async Task<int> CountAsync(CustomerId customerId) =>
            (await receivables.ReadAsync(customerId, cancellationToken))?.Notices.Count(n =>
                n.Value.MayBeBeingSent(clock.GetUtcNow())
            )
            ?? 0;
    }

    private async Task<IReadOnlyCollection<InvoiceId>> FindInFlightAsync(
        IReadOnlyCollection<InvoiceId> invoices,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceId> inFlight = [];
        foreach (var ofCustomer in invoices.GroupBy(id => id.Customer))
        {
            if (await receivables.ReadAsync(ofCustomer.Key, cancellationToken) is not { } account)
                continue;
            var notices = account
                .Notices.Select(n => n.Value)
                .Where(n => n.NamesDebts && n.MayBeBeingSent(clock.GetUtcNow()))
                .ToList();
            // With do-not-contact set, every reminder in flight concerns every invoice of the customer; and so does a
            // reminder that counts invoices without naming them.
            inFlight.AddRange(
                ofCustomer.Where(id =>
                    notices.Exists(n =>
                        account.Customer.Value.DoNotContact
                        || n.UnnamedInvoices > 0
                        || n.InvoiceIds.Contains(id.Invoice)
                    )
                )
            );
        }
        return inFlight;
    }
}
