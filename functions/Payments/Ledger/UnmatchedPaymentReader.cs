using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>Reads the payments that need manual review, for the API and for a page.</summary>
public sealed class UnmatchedPaymentReader(Inbox inbox, ReceivablesTable receivables)
{
    private const int MaxSuggestions = 5;

    /// <param name="withSuggestions">
    /// With the open invoices of exactly that amount, for a person to choose from. Reads all open invoices.
    /// </param>
    internal async Task<IReadOnlyList<ListedDelivery>> ReadAsync(
        bool withSuggestions,
        CancellationToken cancellationToken
    )
    {
        List<WebhookDelivery> deliveries = [];
        await foreach (var delivery in inbox.FindInManualReviewAsync(cancellationToken))
            deliveries.Add(delivery.Value);
        // Deliveries that are retried automatically and need a correction first, such as a valid token.
        await foreach (var delivery in inbox.FindNewAsync(cancellationToken))
        {
            if (delivery.Value.Problem is not null)
                deliveries.Add(delivery.Value);
        }
        var unmatched = deliveries.ConvertAll(delivery => (Delivery: delivery, Payments: PaymentsOf(delivery)));
        var openInvoices = withSuggestions
            ? await FindOpenInvoicesAsync(
                [.. unmatched.SelectMany(u => u.Payments).Select(p => p.Amount!.Value)],
                cancellationToken
            )
            : null;
        return
        [
            .. unmatched.Select(u => new ListedDelivery(
                u.Delivery,
                [
                    .. u.Payments.Select(payment => new ListedPayment(
                        payment,
                        openInvoices is null ? null : [.. openInvoices[payment.Amount!.Value].Take(MaxSuggestions)]
                    )),
                ]
            )),
        ];
    }

    /// <summary>The payments whose amount the webhook holds, each without what a person has assigned of it.</summary>
    private static IReadOnlyList<PaymentChange> PaymentsOf(WebhookDelivery delivery) =>
        delivery.IsErased
            ? []
            :
            [
                .. PaymentEvents
                    .Read(delivery.Provider, delivery.ToRequest())
                    .SelectMany(e => e.Changes)
                    .Where(change => change is { ReportsPayment: true, Amount: not null })
                    .Select(change => change with { Amount = AssignmentPlan.RestOf(change, delivery.Allocations) })
                    .Where(change => delivery.Allocations is null || change.Amount is { IsPositive: true }),
            ];

    private async Task<ILookup<Money, Invoice>> FindOpenInvoicesAsync(
        HashSet<Money> amounts,
        CancellationToken cancellationToken
    )
    {
        List<Invoice> found = [];
        foreach (var shard in amounts.Count > 0 ? receivables.Shards.All : [])
        {
            await foreach (var invoice in receivables.FindOpenInvoicesAsync(shard, cancellationToken))
            {
                if (amounts.Contains(invoice.OpenAmount))
                    found.Add(invoice);
            }
        }
        return found.OrderBy(i => i.Document.DueDate).ToLookup(i => i.OpenAmount);
    }
}

/// <summary>
/// A delivery of a webhook that needs manual review, with what has not been assigned of its payments.
/// </summary>
internal sealed record ListedDelivery(WebhookDelivery Delivery, IReadOnlyList<ListedPayment> Payments);

/// <param name="Suggestions">Open invoices of exactly that amount; null when they were not asked for.</param>
internal sealed record ListedPayment(PaymentChange Payment, IReadOnlyList<Invoice>? Suggestions);
