using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Calls;

/// <summary>Records what came of a call, for the API and for a page.</summary>
public sealed class CallResults(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    InFlightReminders inFlight,
    Queues queues
)
{
    /// <param name="id">See <see cref="CustomerNoticeId"/>.</param>
    internal async Task<ApiResult> RecordAsync(string id, CallResult result, CancellationToken cancellationToken)
    {
        if (CustomerNoticeId.Parse(id) is not { } call)
            return NotFound;
        if (result.Outcome is CallOutcome.WrongNumber)
            await ReportAsync(call, result, cancellationToken);
        var decision = await transactions.RunAsync(
            call.Customer,
            (context, account) => Decide(context, account, call, result),
            cancellationToken
        );
        if (decision is null)
            return NotFound;
        if (decision.Error is { } error)
            return error;
        return await inFlight.WaitAsync(decision.Stopped, cancellationToken) is { Count: > 0 }
            ? ApiResult.ReminderInFlight()
            : ApiResult.Ok(new { Id = id, Result = result.Outcome });
    }

    /// <summary>
    /// The report marks the number as wrong and plans the next way. Enqueued before the result is written, so that a
    /// crash here cannot lose it: it waits for that.
    /// </summary>
    private async Task ReportAsync(CustomerNoticeId call, CallResult result, CancellationToken cancellationToken)
    {
        if (await receivables.ReadAsync(call.Customer, cancellationToken) is not { } account)
            return;
        if (Decide(transactions.ContextOf(account.Customer.Value), account, call, result)?.Report is { } report)
            await queues.SendAsync(Queues.DeliveryReports, report, TimeSpan.Zero, cancellationToken);
    }

    private static CallDecision? Decide(
        DunningContext context,
        CustomerAccount account,
        CustomerNoticeId call,
        CallResult result
    ) =>
        account.Notice(call.Notice) is { Value.Channel: Channel.Call } notice
            ? CallDecision.Decide(context, account, notice, result)
            : null;

    private static ApiResult NotFound => ApiResult.NotFound("call with this id that waits");
}
