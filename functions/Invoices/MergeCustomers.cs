using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/manage/customers/{id}/merge</c> with <c>{"into": "c…", "by": "Maya", "reason": "one firm"}</c>: the
/// customer and the other one are the same. Its invoices with their payments and history, its wishes not to be
/// contacted and its last reminders go to the other one, which stays. Ids that were given out before lead to it. It
/// cannot be undone. Idempotent.
/// </summary>
public sealed class MergeCustomers(ReceivablesTable receivables, CustomerMerge customerMerge, TimeProvider clock)
{
    private const string InvalidTitle = "The customers cannot be merged";

    [Function(nameof(MergeCustomers))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/customers/{id}/merge")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (merge, error) = await JsonBody.ReadAsync(request, InvalidTitle, Read, cancellationToken);
        if (merge is null)
            return error!;
        if (!merge.Into.IsValid)
            return ApiResult.Invalid(
                InvalidTitle,
                [new("#/into", "not_a_customer_id", "Send the id of a customer: c and 16 letters or digits.")]
            );
        if (await customerMerge.BeginAsync(new CustomerId(id), merge, cancellationToken) is not { } blocker)
            return ApiResult.NotFound("customer with one of these ids");
        if (blocker is not MergeBlocker.None)
            return Conflict(blocker);
        await customerMerge.CompleteAsync(new CustomerId(id), cancellationToken);
        var account = await receivables.ReadAsync(new CustomerId(id), cancellationToken);
        return ApiResult.Ok(
            new
            {
                Id = account?.Id ?? merge.Into,
                Merged = id,
                OpenInvoices = account?.Invoices.Select(invoice => invoice.Value.Id.ToString()) ?? [],
            }
        );
    }

    /// <summary>Continues merges that a stopped process has left.</summary>
    [Function(nameof(CompleteMerges))]
    public async Task CompleteMerges(
        [TimerTrigger("%RecoverSchedule%")] TimerInfo timer,
        CancellationToken cancellationToken
    )
    {
        foreach (var shard in receivables.Shards.All)
        {
            await foreach (var customerId in receivables.FindMergingAsync(shard, cancellationToken))
                await customerMerge.CompleteAsync(customerId, cancellationToken);
        }
    }

    private Merge Read(JsonFields json) =>
        new(
            new CustomerId(json.Required("into", Line(40))),
            clock.GetUtcNow(),
            json.Required("by", Line(100)),
            json.Required("reason", Prose(500))
        );

    private static ApiResult Conflict(MergeBlocker blocker)
    {
        var (type, detail) = blocker switch
        {
            MergeBlocker.SameCustomer => ("same-customer", "Both ids are of one customer: send two different ones."),
            MergeBlocker.Erased => ("erased", "The data of one of the customers are erased, so nothing can be moved."),
            MergeBlocker.MergedElsewhere => (
                "merged",
                "The customer was merged into another one: use the id that GET /api/invoices/{id} shows."
            ),
            MergeBlocker.MessageInFlight => (
                "message-leaving",
                "A message to the customer is being sent: retry in a few seconds. If it is listed at "
                    + "/api/manage/recover, decide there first."
            ),
            _ => (
                "merge-in-progress",
                "One of the customers is being merged with another one: retry in a few minutes."
            ),
        };
        return ApiResult.Problem(StatusCodes.Status409Conflict, type, InvalidTitle, detail);
    }
}
