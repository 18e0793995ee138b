using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>GET /api/manage/payments/unmatched</c>: payments that need manual review, each with the reason. With
/// <c>?suggest=true</c> also the open invoices with exactly that amount, for a person to choose from; none is chosen
/// automatically.
/// </summary>
public sealed class ListUnmatchedPayments(Inbox inbox, ReceivablesTable receivables)
{
    private const int MaxSuggestions = 5;

    [Function(nameof(ListUnmatchedPayments))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/payments/unmatched")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        List<(WebhookDelivery Delivery, IReadOnlyList<PaymentChange> Payments)> unmatched = [];
        await foreach (var delivery in inbox.FindInManualReviewAsync(cancellationToken))
            unmatched.Add((delivery.Value, PaymentsOf(delivery.Value)));
        // Deliveries that are retried automatically and need a correction first, such as a valid token.
        await foreach (var delivery in inbox.FindNewAsync(cancellationToken))
        {
            if (delivery.Value.Problem is not null)
                unmatched.Add((delivery.Value, PaymentsOf(delivery.Value)));
        }
        var openInvoices =
            request.Query["suggest"] == "true"
                ? await FindOpenInvoicesAsync(
                    [.. unmatched.SelectMany(u => u.Payments).Select(p => p.Amount!.Value)],
                    cancellationToken
                )
                : null;
        return ApiResult.Ok(
            unmatched.Select(u => new
            {
                u.Delivery.Provider,
                u.Delivery.EventId,
                u.Delivery.ReceivedAt,
                u.Delivery.Problem,
                u.Delivery.RetryAt,
                Delivery = u.Delivery.Id,
                Payments = u.Payments.Select(p => View(p, openInvoices)),
            })
        );
    }

    private static object View(PaymentChange payment, ILookup<Money, Invoice>? openInvoices) =>
        new
        {
            PaymentId = payment.ObjectId,
            Amount = payment.Amount!.Value.ToDecimalString(),
            payment.Amount.Value.Currency,
            payment.References,
            Suggestions = openInvoices
                ?[payment.Amount.Value].Take(MaxSuggestions)
                .Select(i => new
                {
                    Id = i.Id.ToString(),
                    i.Document.Number,
                    CustomerId = i.Id.Customer,
                }),
        };

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
