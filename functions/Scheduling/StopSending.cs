using Dunning.Http;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Scheduling;

/// <summary>
/// <c>POST /api/manage/stop</c>: nothing is sent any more, whatever is planned and queued, until
/// <see cref="StartSending"/>. Repeating it changes nothing.
/// </summary>
public sealed class StopSending(
    ReceivablesTable receivables,
    InFlightReminders inFlight,
    TimeProvider clock,
    ILogger<StopSending> log
)
{
    [Function(nameof(StopSending))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/stop")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (stop, error) = await SwitchRequest.ReadAsync(request, isStart: false, cancellationToken);
        if (error is not null)
            return error;
        var state = await receivables.Sending.ChangeAsync(
            s => s.Stopped(stop!.By, stop.Reason, clock.GetUtcNow()),
            cancellationToken
        );
        log.LogWarning(
            "All sending is stopped since {At:O}. POST /api/manage/start without confirm shows who stopped it and why",
            state.Stop!.At
        );
        return await inFlight.WaitForAllAsync(cancellationToken) is var count && count > 0
            ? ApiResult.RetryLater(
                "A message is being sent",
                $"Sending is stopped; {count} messages that were claimed before may still be sent. Retry to "
                    + "confirm that they are finished.",
                TimeSpan.FromSeconds(10)
            )
            : ApiResult.Ok(new { Stopped = StartSending.Who(state.Stop) });
    }
}
