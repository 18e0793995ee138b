using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>GET /api/manage/payments/unmatched</c>: payments that need manual review, each with the reason. With
/// <c>?suggest=true</c> also the open invoices that it names or that owe exactly that amount, for a person to choose
/// from; none is chosen automatically.
/// </summary>
public sealed class ListUnmatchedPayments(UnmatchedPaymentReader reader)
{
    [Function(nameof(ListUnmatchedPayments))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/payments/unmatched")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var unmatched = await reader.ReadAsync(request.Query["suggest"] == "true", cancellationToken);
        return ApiResult.Ok(
            unmatched.Select(u => new
            {
                u.Delivery.Provider,
                u.Delivery.EventId,
                u.Delivery.ReceivedAt,
                u.Delivery.Problem,
                u.Delivery.RetryAt,
                Delivery = u.Delivery.Id,
                Payments = u.Payments.Select(View),
            })
        );
    }

    private static object View(ListedPayment unmatched) =>
        new
        {
            PaymentId = unmatched.Payment.ObjectId,
            Amount = unmatched.Payment.Amount!.Value.ToDecimalString(),
            unmatched.Payment.Amount.Value.Currency,
            unmatched.Payment.References,
            Suggestions = unmatched.Suggestions?.Select(i => new
            {
                Id = i.Id.ToString(),
                i.Document.Number,
                CustomerId = i.Id.Customer,
            }),
        };
}
