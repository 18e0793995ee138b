using Dunning.Http;
using Dunning.Notices.Delivery;
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
            () => ReadAsync(call, cancellationToken),
            (facts, _) => Decide(facts, call, result),
            cancellationToken
        );
        if (decision is null)
            return NotFound;
        if (decision.Error is { } error)
            return error;
        if (decision.Called is { } called)
            await transactions.RepeatAsync(
                call.Customer,
                (context, account) => DoneByPerson.ClaimNamedAlong(account, called, decision.About, context.Today),
                cancellationToken
            );
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
        if (await ReadAsync(call, cancellationToken) is not { } facts)
            return;
        if (Decide(facts, call, result)?.Report is { } report)
            await queues.SendAsync(Queues.DeliveryReports, report, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>The messages are read after the open rows: what was sent meanwhile is among them.</summary>
    private async Task<CallFacts?> ReadAsync(CustomerNoticeId call, CancellationToken cancellationToken)
    {
        if (await receivables.ReadAsync(call.Customer, cancellationToken) is not { } account)
            return null;
        var sent = await receivables.ReadSentMessagesAsync(call.Customer, call.Notice.Plan, cancellationToken);
        return new CallFacts(account, [.. sent.Select(message => message.Value)]);
    }

    private CallDecision? Decide(CallFacts facts, CustomerNoticeId call, CallResult result) =>
        facts.Account.Notice(call.Notice) is { Value.Channel: Channel.Call } notice
            ? CallDecision.Decide(transactions.ContextOf(facts.Account.Customer.Value), facts, notice, result)
            : null;

    private static ApiResult NotFound => ApiResult.NotFound("call with this id that waits");
}

/// <param name="Sent">The messages that were sent for the same plan as the call.</param>
internal sealed record CallFacts(CustomerAccount Account, IReadOnlyList<SentMessage> Sent);
