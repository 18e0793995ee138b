using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/{id}/remind</c> with <c>{"by": "Maya", "reason": "…"}</c>: the next step is taken now instead
/// of on its day, within the hours in which messages are sent. Repeating the request has no further effect.
/// </summary>
public sealed class SendNextReminder(RequestedChanges changes, Shards shards, Queues queues)
{
    [Function(nameof(SendNextReminder))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/remind")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var result = await changes.RunAsync(request, id, InvoiceRequests.Remind, cancellationToken);
        // If the process stops here, the timer of the scan finds the step.
        if (result is ApiResult { Status: StatusCodes.Status200OK } && InvoiceId.TryParse(id, out var invoice))
            await ScanAsync(shards.Of(invoice.Customer), cancellationToken);
        return result;
    }

    private async Task ScanAsync(string shard, CancellationToken cancellationToken)
    {
        foreach (var upcoming in new[] { true, false })
            await queues.SendAsync(Queues.Scan, new ShardScan(shard, upcoming), TimeSpan.Zero, cancellationToken);
    }
}
