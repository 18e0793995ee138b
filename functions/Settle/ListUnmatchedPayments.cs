using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary><c>GET /api/manage/payments/unmatched</c>: payments that a person has to look at, each with the reason.</summary>
public sealed class ListUnmatchedPayments(Inbox inbox)
{
    [Function(nameof(ListUnmatchedPayments))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/payments/unmatched")] HttpRequest request, CancellationToken cancel)
    {
        List<object> parked = [];
        await foreach (var delivery in inbox.FindParkedAsync(cancel))
            parked.Add(Show(delivery));
        // What waits for somebody to mend something, and is tried again by itself.
        await foreach (var delivery in inbox.FindNewAsync(cancel))
        {
            if (delivery.Problem is not null)
                parked.Add(Show(delivery));
        }
        return Answer.Ok(parked);
    }

    private static object Show(Delivery delivery) =>
        new { delivery.Provider, delivery.EventId, delivery.ReceivedAt, delivery.Problem, delivery.RetryAt, Delivery = delivery.Id };
}
