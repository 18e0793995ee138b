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
            var notices = account.Notices.Select(n => n.Value).Where(n => n.MayBeInFlight(clock.GetUtcNow())).ToList();
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
