using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary><c>GET /api/manage/payments/unmatched</c>: payments that a person has to look at, each with the reason.</summary>
public sealed class ListUnmatchedPayments(Inbox inbox, WebhookEndpoints endpoints)
{
    [Function(nameof(ListUnmatchedPayments))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/payments/unmatched")] HttpRequest request, CancellationToken cancel)
    {
        List<object> parked = [];
        foreach (var endpoint in endpoints.All)
        {
            await foreach (var delivery in inbox.FindParkedAsync(endpoint.Id, cancel))
                parked.Add(new { delivery.Provider, delivery.EventId, delivery.ReceivedAt, delivery.Problem, Delivery = delivery.Id });
        }
        return Answer.Ok(parked);
    }
}
