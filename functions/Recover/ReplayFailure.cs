using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>
/// <c>POST /api/manage/recover/{id}/replay</c>: puts a poisoned message back into its queue once its cause is gone. A message that is no longer
/// true does no harm: every receiver looks at the book first.
/// </summary>
public sealed class ReplayFailure(Failures failures, Queues queues)
{
    [Function(nameof(ReplayFailure))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/replay")] HttpRequest request, string id, CancellationToken cancel)
    {
        if (await failures.FindAsync(id, cancel) is not { PoisonedAt: not null } failure)
            return Answer.NotFound("poisoned message with this id");
        await queues.SendTextAsync(failure.Queue, failure.Message, TimeSpan.Zero, cancel);
        await failures.ReplayedAsync(failure, cancel);
        return Answer.Ok(new { failure.Id, failure.Queue, Replayed = true });
    }
}
