using System.Globalization;
using System.Text.Json;
using Dunning.Http;
using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// <c>POST /api/manage/recover/{id}/replay</c> puts a poisoned message back into its queue once its cause is gone; a
/// message that is no longer true does no harm, because every receiver looks at the receivables table first.
/// <c>/discard</c> throws it away together with what it was to do: a planned notice is not sent, a payment is left for
/// a person to record.
/// </summary>
public sealed class ResolveFailure(Failures failures, ReceivablesTable receivables, Queues queues, TimeProvider clock)
{
    private const int MaxAttempts = 10;

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
        var (decision, refusal) = await DecisionRequest.ReadAsync(request, kind, clock.GetUtcNow(), cancellationToken);
        try
        {
            return refusal ?? await ResolveAsync(id, decision!, cancellationToken);
        }
        catch (JsonException)
        {
            return ResolveInDoubtNotice.Conflict("A row of the customer cannot be read: it must be mended first.");
        }
    }

    private async Task<ApiResult> ResolveAsync(
        string id,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await failures.FindAsync(id, cancellationToken) is not { } failure)
                return ApiResult.NotFound("poisoned message with this id");
            if (failure.Value.PoisonedAt is null)
                return failure.Value.Decisions is [.., var made]
                    ? ResolveInDoubtNotice.AlreadyDecided(id, made, decision)
                    : ResolveInDoubtNotice.Conflict("Its queue has not given up on it, or it has gone through since.");
            if (await AddEventsAsync(failure.Value, decision, cancellationToken) is { } other)
                return ResolveInDoubtNotice.AlreadyDecided(id, other, decision);
            if (!await failures.TryDecideAsync(failure, decision, cancellationToken))
                continue;
            // Should this be lost, the timers find what it was about: notices as stalled, payments as not applied,
            // scans by the next tick.
            await PassOnAsync(failure.Value, decision, cancellationToken);
            return ResolveInDoubtNotice.AlreadyDecided(id, decision, decision);
        }
        return ResolveInDoubtNotice.Conflict("It kept changing.");
    }

    /// <summary>Tells the invoices of a notice, and takes a discarded one out of the outbox.</summary>
    /// <returns>What was decided otherwise before, or null.</returns>
    private async Task<OperatorDecision?> AddEventsAsync(
        Failure failure,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        if (FailedMessage.NoticeOf(failure) is not { } ready)
            return null;
        var about = string.Create(CultureInfo.InvariantCulture, $"{failure.Id}.{failure.PoisonedAt!.Value.UtcTicks}");
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var account = await receivables.ReadAsync(ready.CustomerId, cancellationToken);
            if (await receivables.ReadDecisionAsync(ready.CustomerId, about, cancellationToken) is { } made)
                return made.Kind == decision.Kind ? null : made;
            if (account?.Notice(ready.NoticeId) is not { } notice)
                return null;
            if (await receivables.TryCommitAsync(Decide(account, notice, about, decision), cancellationToken))
                return null;
        }
        throw new InvalidOperationException($"Notice {ready.NoticeId} of {ready.CustomerId} kept changing.");
    }

    private static CustomerTransaction Decide(
        CustomerAccount account,
        Versioned<Notice> notice,
        string about,
        OperatorDecision decision
    )
    {
        var drops = decision.Kind is OperatorDecisionKind.Discarded && notice.Value.State is NoticeState.Planned;
        var channel = notice.Value.Channel.ToString().ToLowerInvariant();
        var (kind, what) = drops
            ? (EventKind.NotSent, $"Not sent by {channel}: discarded")
            : (EventKind.Decided, $"A failed attempt by {channel} was {decision.Kind.ToString().ToLowerInvariant()}");
        var transaction = new CustomerTransaction(account.Id).AddDecision(about, decision);
        foreach (var invoice in account.InvoicesOf(notice.Value))
            transaction.AddEvent(
                invoice,
                new(decision.At, kind, $"{what}{decision}", InDoubtNotice.Details(notice.Value, decision))
            );
        return drops ? transaction.Delete(notice) : transaction;
    }

    private async Task PassOnAsync(Failure failure, OperatorDecision decision, CancellationToken cancellationToken)
    {
        var decided = new PaymentDecision(decision.ToString(), decision.At);
        if (FailedMessage.PaymentOf(failure) is { } received)
            await queues.SendAsync(
                Queues.PaymentsReceived,
                decision.Kind is OperatorDecisionKind.Replayed
                    ? received with
                    {
                        Replayed = decided,
                    }
                    : received with
                    {
                        Discarded = decided,
                    },
                TimeSpan.Zero,
                cancellationToken
            );
        else if (decision.Kind is OperatorDecisionKind.Replayed)
            await queues.SendTextAsync(failure.Queue, failure.Message, TimeSpan.Zero, cancellationToken);
    }
}
