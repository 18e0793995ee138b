using System.Net;
using Dunning.Payments.Ledger;
using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Marks the invoices that a webhook is about, before it is answered: from then until it is applied, no claim on them
/// can succeed. Where the event holds only an id, the provider's API is asked whose it is.
/// </summary>
public sealed class PendingPaymentMarks(
    EventDetails details,
    PaymentMatch match,
    PaymentPosting posting,
    TimeProvider clock
)
{
    /// <summary>
    /// Of those whose events hold ids only the most impatient (GoCardless) waits ten seconds for an answer.
    /// </summary>
    private static readonly TimeSpan _maxWait = TimeSpan.FromSeconds(2);

    /// <param name="isNew">False for a delivery that has been applied: nothing is left to wait for.</param>
    /// <returns>The invoices; and whether there may be others, since the provider does not answer now.</returns>
    public async Task<(IReadOnlyCollection<InvoiceId> Invoices, bool IsUntold)> SetAsync(
        WebhookEndpoint endpoint,
        WebhookDelivery delivery,
        IEnumerable<PaymentEvent> events,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(_maxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        HashSet<InvoiceId> invoices = [];
        var isUntold = false;
        foreach (var announced in events)
        {
            var found = await FindAsync(endpoint, announced, cancellationToken);
            if (found.Count == 0 && announced.Fetch is not null && isNew)
            {
                try
                {
                    found = await FindAsync(
                        endpoint,
                        await details.CompleteAsync(delivery, announced, either.Token),
                        cancellationToken
                    );
                }
                catch (Exception silence)
                    when (silence is HttpRequestException
                        || !cancellationToken.IsCancellationRequested && silence is OperationCanceledException
                    )
                {
                    // A token that is refused is shown to a person: delivering again does not mend it.
                    isUntold |=
                        silence
                            is not HttpRequestException
                            {
                                StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                            };
                }
            }
            foreach (var invoice in found)
            {
                if (invoices.Add(invoice) && isNew)
                    await posting.MarkPendingAsync(invoice, delivery.Id, cancellationToken);
            }
        }
        return (invoices, isUntold);
    }

    private async Task<IReadOnlyList<InvoiceId>> FindAsync(
        WebhookEndpoint endpoint,
        PaymentEvent paymentEvent,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceId> found = [];
        foreach (var fact in paymentEvent.Facts)
        {
            if (
                await match.FindAsync(
                    PaymentMatch.LedgerNameOf(endpoint.Provider, endpoint.Id),
                    fact,
                    cancellationToken
                ) is
                { Invoice: { } invoice }
            )
                found.Add(invoice);
        }
        return found;
    }
}
