using System.Net;
using Dunning.Payments.Ledger;
using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Marks the invoices of a webhook before it is answered: until it is applied, none of their notices can be claimed.
/// When an event holds only an id, the payment is read from the provider's API.
/// </summary>
public sealed class PendingPaymentMarks(
    Inbox inbox,
    EventDetails details,
    PaymentMatch match,
    PaymentPosting posting,
    TimeProvider clock
)
{
    /// <summary>
    /// The time for all requests to the provider's API. Among the providers whose events hold only ids, GoCardless has
    /// the shortest timeout for the response to a webhook: ten seconds.
    /// </summary>
    private static readonly TimeSpan _apiTimeout = TimeSpan.FromSeconds(2);

    /// <param name="isNew">
    /// False for a delivery that has been applied: its invoices are found and not marked, and the API is not called.
    /// </param>
    /// <returns>
    /// The invoices, and whether there may be others because the provider's API is unavailable.
    /// </returns>
    public async Task<(IReadOnlyCollection<InvoiceId> Invoices, bool IsUnidentified)> SetAsync(
        WebhookEndpoint endpoint,
        WebhookDelivery delivery,
        IEnumerable<PaymentEvent> events,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(_apiTimeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HashSet<InvoiceId> invoices = [];
        var isUnidentified = false;
        foreach (var webhookEvent in events)
        {
            var found = await FindAsync(endpoint, webhookEvent, cancellationToken);
            if (found.Count == 0 && webhookEvent.Fetch is not null && isNew)
            {
                try
                {
                    found = await FindAsync(
                        endpoint,
                        await details.CompleteAsync(delivery, webhookEvent, linked.Token),
                        cancellationToken
                    );
                }
                catch (Exception exception)
                    when (exception is HttpRequestException
                        || !cancellationToken.IsCancellationRequested && exception is OperationCanceledException
                    )
                {
                    // A rejected token is not reported to the sender, because a redelivery does not help: the queue
                    // lists it for manual review.
                    isUnidentified |=
                        exception
                            is not HttpRequestException
                            {
                                StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                            };
                }
            }
            var added = found.Where(invoices.Add).ToList();
            if (added.Count == 0 || !isNew)
                continue;
            // Stored before the marks are set, so that whatever the outcome is, it finds and removes them.
            await inbox.RememberInvoicesAsync(delivery.Message, added, cancellationToken);
            foreach (var invoice in added)
                await posting.MarkPendingAsync(invoice, delivery.Id, cancellationToken);
        }
        return (invoices, isUnidentified);
    }

    private async Task<IReadOnlyList<InvoiceId>> FindAsync(
        WebhookEndpoint endpoint,
        PaymentEvent paymentEvent,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceId> found = [];
        foreach (var change in paymentEvent.Changes)
        {
            if (
                await match.FindAsync(
                    PaymentMatch.LedgerNameOf(endpoint.Provider, endpoint.Id),
                    change,
                    cancellationToken
                ) is
                { Invoice: { } invoice }
            )
                found.Add(invoice);
        }
        return found;
    }
}
