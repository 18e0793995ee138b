using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// <c>POST /api/manage/recover/{id}/sent</c>, <c>/again</c> and <c>/drop</c>: a person says what becomes of a notice in
/// doubt. Saying the same again changes nothing; what has changed meanwhile is a conflict.
/// </summary>
public sealed class ResolveInDoubtNotice(ReceivablesTable receivables, Queues queues, TimeProvider clock)
{
    private const int MaxAttempts = 10;

    [Function("MarkNoticeSent")]
    public Task<IResult> Sent(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/sent")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ResolveAsync(request, id, OperatorDecisionKind.Sent, cancellationToken);

    [Function("SendNoticeAgain")]
    public Task<IResult> Again(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/again")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ResolveAsync(request, id, OperatorDecisionKind.SentAgain, cancellationToken);

    [Function("DropNotice")]
    public Task<IResult> Drop(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/drop")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ResolveAsync(request, id, OperatorDecisionKind.Dropped, cancellationToken);

    private async Task<IResult> ResolveAsync(
        HttpRequest request,
        string id,
        OperatorDecisionKind kind,
        CancellationToken cancellationToken
    )
    {
        if (InDoubtNoticeId.Parse(id) is not { } doubt)
            return ApiResult.NotFound("notice in doubt with this id");
        var (decision, refusal) = await DecisionRequest.ReadAsync(request, kind, clock.GetUtcNow(), cancellationToken);
        return refusal ?? await ResolveAsync(doubt, decision!, cancellationToken);
    }

    private async Task<ApiResult> ResolveAsync(
        InDoubtNoticeId doubt,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await receivables.ReadAsync(doubt.CustomerId, cancellationToken) is not { } account)
                return ApiResult.NotFound("notice in doubt with this id");
            // Somebody's, or our own when its first answer was lost. Read after the rows: what they do not show any
            // more was decided before.
            if (await receivables.ReadDecisionAsync(doubt.CustomerId, doubt.Subject, cancellationToken) is { } made)
                return AlreadyDecided(doubt.ToString(), made, decision);
            if (
                account.Notice(doubt.NoticeId) is not { } notice
                || notice.Value.Claim != doubt.Claim
                || !notice.Value.IsInDoubt(clock.GetUtcNow())
            )
                return Conflict("It is in doubt no more: the provider has told, or it was decided otherwise.");
            if (decision.Kind is OperatorDecisionKind.SentAgain && !notice.Value.ProviderQueried)
                return Conflict(
                    "The provider is asked first, a quarter of an hour after the attempt: it may have the message."
                );
            if (!await receivables.TryCommitAsync(InDoubtNotice.Resolve(account, notice, decision), cancellationToken))
                continue;
            // Should this be lost, the notice is planned and found as stalled.
            if (decision.Kind is OperatorDecisionKind.SentAgain)
                await queues.SendAsync(notice.Value, TimeSpan.Zero, cancellationToken);
            return AlreadyDecided(doubt.ToString(), decision, decision);
        }
        return Conflict("It kept changing.");
    }

    public static ApiResult AlreadyDecided(string id, OperatorDecision made, OperatorDecision requested) =>
        made.Kind == requested.Kind
            ? ApiResult.Ok(
                new
                {
                    Id = id,
                    Decision = made.Kind,
                    made.By,
                    made.Note,
                    made.At,
                }
            )
            : Conflict($"It was decided already ({made.Kind.ToString().ToLowerInvariant()}){made}");

    public static ApiResult Conflict(string detail) =>
        ApiResult.Problem(
            StatusCodes.Status409Conflict,
            "decided-otherwise",
            "The list has changed meanwhile",
            $"{detail} Look at /api/manage/recover again."
        );
}
