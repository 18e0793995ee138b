namespace Dunning.Receivables.Storage;

/// <summary>
/// Reminders that were claimed before a change and may be about to leave. Whoever has reported a payment, a hold, a
/// dispute or a void is told that it is accepted only when none can follow any more.
/// </summary>
public sealed class InFlightReminders(ReceivablesTable receivables, TimeProvider clock)
{
    /// <summary>
    /// A second in all, whatever the number of invoices: the most impatient payment provider (QuickBooks) waits three
    /// for an answer.
    /// </summary>
    private const int MaxPolls = 20;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until what was claimed has left, which takes a moment.</summary>
    /// <param name="silenced">Invoices that are not to be asked for any more.</param>
    /// <returns>Those that a reminder may still name: it takes longer.</returns>
    public async Task<IReadOnlyCollection<InvoiceId>> WaitAsync(
        IEnumerable<InvoiceId> silenced,
        CancellationToken cancellationToken
    )
    {
        var leaving = await FindInFlightAsync([.. silenced.Distinct()], cancellationToken);
        using var beat = new PeriodicTimer(_pollInterval, clock);
        for (var look = 0; leaving.Count > 0 && look < MaxPolls; look++)
        {
            await beat.WaitForNextTickAsync(cancellationToken);
            leaving = await FindInFlightAsync(leaving, cancellationToken);
        }
        return leaving;
    }

    private async Task<IReadOnlyCollection<InvoiceId>> FindInFlightAsync(
        IReadOnlyCollection<InvoiceId> silenced,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceId> leaving = [];
        foreach (var ofCustomer in silenced.GroupBy(id => id.Customer))
        {
            if (await receivables.ReadAsync(ofCustomer.Key, cancellationToken) is not { } account)
                continue;
            var notices = account.Notices.Select(n => n.Value).Where(n => n.MayBeInFlight(clock.GetUtcNow())).ToList();
            // Who is not to be contacted at all waits for every one of them.
            leaving.AddRange(
                ofCustomer.Where(id =>
                    notices.Exists(n => account.Customer.Value.DoNotContact || n.InvoiceIds.Contains(id.Invoice))
                )
            );
        }
        return leaving;
    }
}
