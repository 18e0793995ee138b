using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Scheduling;

/// <summary>
/// <c>POST /api/manage/start</c>: without <c>"confirm": true</c> it only shows what would be sent. After a restore,
/// what may have been sent since the backup is put in doubt first, so that a person decides about it.
/// </summary>
public sealed class StartSending(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    TimeProvider clock,
    ILogger<StartSending> log
)
{
    [Function(nameof(StartSending))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/start")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (start, error) = await SwitchRequest.ReadAsync(request, isStart: true, cancellationToken);
        return error ?? await StartAsync(start!, cancellationToken);
    }

    /// <summary>Who, when and why, for an answer to the holder of the master key.</summary>
    public static object? Who(SendingChange? change) =>
        change is null
            ? null
            : new
            {
                change.At,
                change.By,
                change.Reason,
            };

    private async Task<ApiResult> StartAsync(SwitchRequest start, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = await receivables.Sending.ReadAsync(cancellationToken);
        var backup = new[] { state.RestoredFrom, start.RestoredFrom }.Min();
        if (backup > now)
            return ApiResult.Invalid(
                SwitchRequest.InvalidTitle,
                [new FieldProblem("#/restoredFrom", "in_the_future", "send the instant at which the backup was made")]
            );
        if (start.RestoredFrom is not null && state.Stop is null)
            return ApiResult.Problem(
                StatusCodes.Status409Conflict,
                "not-stopped",
                "Messages are being sent",
                "restoredFrom puts messages in doubt, which is possible only while sending is stopped. POST "
                    + "/api/manage/stop first, then repeat this request."
            );
        var waiting = await Task.WhenAll(
            receivables.Shards.All.Select(shard => CountAsync(shard, backup, now, cancellationToken))
        );
        if (start.Confirm && state.Stop is not null)
        {
            if (backup is { } since)
                await Task.WhenAll(
                    receivables.Shards.All.Select(shard => PutInDoubtAsync(shard, since, now, cancellationToken))
                );
            state = await receivables.Sending.ChangeAsync(
                s => s.Started(start.By, start.Reason, now),
                cancellationToken
            );
            log.LogInformation("Sending is started again");
        }
        return ApiResult.Ok(
            new
            {
                Stopped = Who(state.Stop),
                RestoredFrom = backup,
                Waiting = Enum.GetValues<Channel>()
                    .ToDictionary(
                        channel => channel.Name(),
                        channel => waiting.Sum(w => w.Notices.Count(c => c == channel))
                    ),
                StepsDue = waiting.Sum(w => w.StepsDue),
                Effect = backup is null ? "sent" : "inDoubt",
                state.Changes,
            }
        );
    }

    /// <summary>The planned messages by channel, and the steps that are due and not planned yet.</summary>
    private async Task<(IReadOnlyList<Channel> Notices, int StepsDue)> CountAsync(
        string shard,
        DateTimeOffset? backup,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        List<Channel> notices = [];
        var stepsDue = 0;
        await foreach (var account in receivables.ReadAllAsync(shard, cancellationToken))
        {
            notices.AddRange(
                account
                    .Notices.Where(n => n.Value.State is NoticeState.Planned && n.Value.NotBefore <= now)
                    .Where(n => !n.Value.Channel.IsByPerson())
                    .Select(n => n.Value.Channel)
            );
            var context = new DunningContext(account.Customer.Value, rules, now);
            stepsDue += account.Invoices.Count(i =>
                backup is { } since
                    ? StepDecision.AfterRestore(context, i, since) is not null
                    : i.Value.Dunning.Next?.At <= now
            );
        }
        return (notices, stepsDue);
    }

    /// <summary>Repeating it after a failure continues where it stopped.</summary>
    private async Task PutInDoubtAsync(
        string shard,
        DateTimeOffset backup,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await foreach (var found in receivables.ReadAllAsync(shard, cancellationToken))
            await transactions.RepeatAsync(
                found.Id,
                (context, account) => ReminderPlan.DecideAfterRestore(context with { Now = now }, account, backup),
                cancellationToken
            );
    }
}
