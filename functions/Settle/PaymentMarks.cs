using System.Net;
using Dunning.Book;

namespace Dunning.Settle;

/// <summary>
/// Marks the invoices that a webhook is about, before it is answered: from then until it is applied, no claim on them can succeed. Where the event
/// holds only an id, the provider's API is asked whose it is.
/// </summary>
public sealed class PaymentMarks(EventDetails details, PaymentMatch match, PaymentPosting posting, TimeProvider clock)
{
    /// <summary>Of those whose events hold ids only the most impatient (GoCardless) waits ten seconds for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="isNew">False for a delivery that has been applied: nothing is left to wait for.</param>
    /// <returns>The invoices; and whether there may be others, since the provider does not answer now.</returns>
    public async Task<(IReadOnlyCollection<InvoiceId> Invoices, bool IsUntold)> SetAsync(
        WebhookEndpoint endpoint, Delivery delivery, IEnumerable<PaymentEvent> events, bool isNew, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        HashSet<InvoiceId> invoices = [];
        var isUntold = false;
        foreach (var announced in events)
        {
            var found = await FindAsync(endpoint, announced, cancel);
            if (found.Count == 0 && announced.Fetch is not null && isNew)
            {
                try
                {
                    found = await FindAsync(endpoint, await details.CompleteAsync(delivery, announced, either.Token), cancel);
                }
                catch (Exception silence) when (silence is HttpRequestException || !cancel.IsCancellationRequested && silence is OperationCanceledException)
                {
                    // A token that is refused is shown to a person: delivering again does not mend it.
                    isUntold |= silence is not HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };
                }
            }
            foreach (var invoice in found)
            {
                if (invoices.Add(invoice) && isNew)
                    await posting.MarkSeenAsync(invoice, delivery.Id, cancel);
            }
        }
        return (invoices, isUntold);
    }

    private async Task<IReadOnlyList<InvoiceId>> FindAsync(WebhookEndpoint endpoint, PaymentEvent told, CancellationToken cancel)
    {
        List<InvoiceId> found = [];
        foreach (var fact in told.Facts)
        {
            if (await match.FindAsync(PaymentMatch.LedgerNameOf(endpoint.Provider, endpoint.Id), fact, cancel) is { Invoice: { } invoice })
                found.Add(invoice);
        }
        return found;
    }
}
