using System.Globalization;
using System.Text.Json;
using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// <c>POST /api/manage/recover/{id}/replay</c> puts a poison message back into its queue. An outdated message is
/// harmless, because every receiver reads the current rows first. <c>/discard</c> drops the message and its effect: a
/// planned notice is not sent, a payment goes to manual review.
/// </summary>
public sealed class ResolveFailure(
    Failures failures,
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    Queues queues,
    TimeProvider clock
)
{
    [Function("ReplayFailure")]
    public Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ResolveAsync(request, id, OperatorDecisionKind.Replayed, cancellationToken);

    [Function("DiscardFailure")]
    public Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/discard")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ResolveAsync(request, id, OperatorDecisionKind.Discarded, cancellationToken);

    private async Task<IResult> ResolveAsync(
        HttpRequest request,
        string id,
        OperatorDecisionKind kind,
        CancellationToken cancellationToken
    )
    {
        var (decision, error) = await DecisionRequest.ReadAsync(request, kind, clock.GetUtcNow(), cancellationToken);
        try
        {
            return error ?? await ResolveAsync(id, decision!, cancellationToken);
        }
        catch (JsonException)
        {
            return ResolveInDoubtNotice.Conflict("A row of the customer cannot be read. Correct the row first.");
        }
    }

    private async Task<ApiResult> ResolveAsync(
        string id,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        if (await failures.FindAsync(id, cancellationToken) is not { } failure)
            return ApiResult.NotFound("poisoned message with this id");
        if (failure.Value.PoisonedAt is null)
            return failure.Value.Decisions is [.., var made]
                ? ResolveInDoubtNotice.DecisionResult(id, made, decision)
                : ResolveInDoubtNotice.Conflict("The message is still being retried, or it has succeeded since.");
        if (await AddEventsAsync(failure.Value, decision, cancellationToken) is { } other)
            return ResolveInDoubtNotice.DecisionResult(id, other, decision);
        if (!await failures.TryDecideAsync(failure, decision, cancellationToken))
            return ResolveInDoubtNotice.Conflict("Another request changed it.");
        // If we crash here, timers take over: notices are found as stalled, payments as not applied, and the next timer
        // run enqueues the scan.
        await EnqueueAsync(failure.Value, decision, cancellationToken);
        return ResolveInDoubtNotice.DecisionResult(id, decision, decision);
    }

    /// <summary>
    /// For a failed notice, writes the decision and an event per invoice, and deletes a discarded notice from the
    /// outbox.
    /// </summary>
    /// <returns>An earlier decision that differs; null if there is none.</returns>
    private async Task<OperatorDecision?> AddEventsAsync(
        Failure failure,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        if (FailedMessage.NoticeOf(failure) is not { } ready)
            return null;
        var subject = string.Create(CultureInfo.InvariantCulture, $"{failure.Id}.{failure.PoisonedAt!.Value.UtcTicks}");
        OperatorDecision? earlier = null;
        await transactions.RunAsync(
            ready.CustomerId,
            async () =>
            {
                var account = await receivables.ReadAsync(ready.CustomerId, cancellationToken);
                // Read after the open rows: a notice that is missing there was decided before.
                earlier = await receivables.ReadDecisionAsync(ready.CustomerId, subject, cancellationToken);
                return earlier is null ? account : null;
            },
            (account, _) =>
                account.Notice(ready.NoticeId) is { } notice ? Decide(account, notice, subject, decision) : null,
            cancellationToken
        );
        return earlier?.Kind == decision.Kind ? null : earlier;
    }

    private static CustomerTransaction Decide(
        CustomerAccount account,
        Versioned<Notice> notice,
        string subject,
        OperatorDecision decision
    )
    {
        var drops = decision.Kind is OperatorDecisionKind.Discarded && notice.Value.State is NoticeState.Planned;
        var invoiceEvent = InDoubtNotice.EventOf(notice.Value, decision) with
        {
            Kind = drops ? EventKind.NotSent : EventKind.Decided,
            Block = drops ? DunningBlock.Discarded : null,
            Reason = drops ? null : EventReason.FailedAttempt,
        };
        var transaction = new CustomerTransaction(account.Id).AddDecision(subject, decision);
        foreach (var invoice in account.InvoicesOf(notice.Value))
            transaction.AddEvent(invoice, invoiceEvent);
        return drops ? transaction.Delete(notice) : transaction;
    }

    private async Task EnqueueAsync(Failure failure, OperatorDecision decision, CancellationToken cancellationToken)
    {
        if (FailedMessage.PaymentOf(failure) is { } received)
            await queues.SendAsync(
                Queues.PaymentsReceived,
                received with
                {
                    Decision = decision,
                },
                TimeSpan.Zero,
                cancellationToken
            );
        else if (decision.Kind is OperatorDecisionKind.Replayed)
            await queues.SendTextAsync(failure.Queue, failure.Message, TimeSpan.Zero, cancellationToken);
    }
}
