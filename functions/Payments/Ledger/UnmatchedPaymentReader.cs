using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>Reads the payments that need manual review, for the API and for a page.</summary>
public sealed class UnmatchedPaymentReader(Inbox inbox, ReceivablesTable receivables)
{
    private const int MaxSuggestions = 5;

    /// <param name="withSuggestions">
    /// With the open invoices that it may pay, for a person to choose from. Reads all open invoices.
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
        var possible = withSuggestions
            ? await FindPossibleAsync([.. unmatched.SelectMany(u => u.Payments)], cancellationToken)
            : null;
        return
        [
            .. unmatched.Select(u => new ListedDelivery(
                u.Delivery,
                [
                    .. u.Payments.Select(payment => new ListedPayment(
                        payment,
                        possible is null ? null : Suggest(payment, possible)
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

    /// <summary>Those that the payment names, and then those of its amount.</summary>
    private static IReadOnlyList<Invoice> Suggest(PaymentChange payment, IReadOnlyList<Invoice> possible) =>
        [
            .. possible
                .Where(invoice => IsNamed(payment, invoice) || invoice.OpenAmount == payment.Amount)
                .OrderByDescending(invoice => IsNamed(payment, invoice))
                .ThenBy(invoice => invoice.Document.DueDate)
                .Take(MaxSuggestions),
        ];

    private static bool IsNamed(PaymentChange payment, Invoice invoice) =>
        invoice.OpenAmount.Currency == payment.Amount!.Value.Currency
        && payment.References.Contains(invoice.Document.Number);

    private async Task<IReadOnlyList<Invoice>> FindPossibleAsync(
        IReadOnlyList<PaymentChange> payments,
        CancellationToken cancellationToken
    )
    {
        var amounts = payments.Select(payment => payment.Amount!.Value).ToHashSet();
        var numbers = payments.SelectMany(payment => payment.References).ToHashSet();
        List<Invoice> found = [];
        foreach (var shard in payments.Count > 0 ? receivables.Shards.All : [])
        {
            await foreach (var invoice in receivables.FindOpenInvoicesAsync(shard, cancellationToken))
            {
                if (amounts.Contains(invoice.OpenAmount) || numbers.Contains(invoice.Document.Number))
                    found.Add(invoice);
            }
        }
        return found;
    }
}

/// <summary>
/// A delivery of a webhook that needs manual review, with what has not been assigned of its payments.
/// </summary>
internal sealed record ListedDelivery(WebhookDelivery Delivery, IReadOnlyList<ListedPayment> Payments);

/// <param name="Suggestions">
/// Open invoices that it names, and those of exactly that amount; null when they were not asked for.
/// </param>
internal sealed record ListedPayment(PaymentChange Payment, IReadOnlyList<Invoice>? Suggestions);
