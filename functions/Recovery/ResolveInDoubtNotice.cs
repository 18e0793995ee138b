using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// <c>POST /api/manage/recover/{id}/sent</c>, <c>/again</c> and <c>/drop</c>: an operator decision about a notice in
/// doubt. Repeating a decision changes nothing; a different one is answered with 409.
/// </summary>
public sealed class ResolveInDoubtNotice(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    ChargePosting charges,
    Queues queues,
    TimeProvider clock
)
{
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
        if (InDoubtNoticeId.Parse(id) is not { } inDoubtId)
            return ApiResult.NotFound("notice in doubt with this id");
        var (decision, error) = await DecisionRequest.ReadAsync(request, kind, clock.GetUtcNow(), cancellationToken);
        return error ?? await ResolveAsync(inDoubtId, decision!, cancellationToken);
    }

    private async Task<ApiResult> ResolveAsync(
        InDoubtNoticeId inDoubtId,
        OperatorDecision decision,
        CancellationToken cancellationToken
    )
    {
        if (decision.Kind is OperatorDecisionKind.Sent)
            await PostChargesAsync(inDoubtId, cancellationToken);
        OperatorDecision? made = null;
        var resolution = await transactions.RunAsync(
            inDoubtId.CustomerId,
            async () =>
            {
                var account = await receivables.ReadAsync(inDoubtId.CustomerId, cancellationToken);
                // Another decision, or our own whose response was lost. Read after the open rows: a notice that is
                // missing there was decided before.
                made = await receivables.ReadDecisionAsync(inDoubtId.CustomerId, inDoubtId.Subject, cancellationToken);
                return account;
            },
            (account, now) => Decide(account, made, inDoubtId, decision, now),
            cancellationToken
        );
        if (resolution is null)
            return ApiResult.NotFound("notice in doubt with this id");
        // If we crash here, the notice is planned and found as stalled.
        if (resolution.Resent is { } notice)
            await queues.SendAsync(notice, TimeSpan.Zero, cancellationToken);
        return resolution.Answer;
    }

    /// <summary>As after a message was sent, before that is recorded: see <see cref="ChargePosting"/>.</summary>
    private async Task PostChargesAsync(InDoubtNoticeId id, CancellationToken cancellationToken)
    {
        var account = await receivables.ReadAsync(id.CustomerId, cancellationToken);
        if (
            account?.Notice(id.NoticeId)?.Value is { } notice
            && notice.Claim == id.Claim
            && notice.IsInDoubt(clock.GetUtcNow())
            && await receivables.ReadDecisionAsync(id.CustomerId, id.Subject, cancellationToken)
                is null
                    or { Kind: OperatorDecisionKind.Sent }
        )
            await charges.PostAsync(notice);
    }

    private static Resolution Decide(
        CustomerAccount account,
        OperatorDecision? made,
        InDoubtNoticeId id,
        OperatorDecision decision,
        DateTimeOffset now
    )
    {
        if (made is not null)
            return new(DecisionResult(id.ToString(), made, decision));
        if (
            account.Notice(id.NoticeId) is not { } notice
            || notice.Value.Claim != id.Claim
            || !notice.Value.IsInDoubt(now)
        )
            return new(Conflict("The notice is no longer in doubt: the provider has reported, or it was decided."));
        if (decision.Kind is OperatorDecisionKind.SentAgain && !notice.Value.ProviderQueried)
            return new(
                Conflict(
                    "The provider may have accepted the message. It is queried 15 minutes after the attempt; try again "
                        + "after that."
                )
            );
        return new(DecisionResult(id.ToString(), decision, decision))
        {
            Transaction = InDoubtNotice.Resolve(account, notice, decision),
            Resent = decision.Kind is OperatorDecisionKind.SentAgain ? notice.Value : null,
        };
    }

    /// <param name="Answer">To be returned after the commit.</param>
    private sealed record Resolution(ApiResult Answer) : IDecision
    {
        public CustomerTransaction? Transaction { get; init; }

        /// <summary>The notice that is planned again; null for none.</summary>
        public Notice? Resent { get; init; }
    }

    public static ApiResult DecisionResult(string id, OperatorDecision made, OperatorDecision requested) =>
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
            : Conflict($"It was already decided ({made.Kind.ToString().ToLowerInvariant()}){made}");

    public static ApiResult Conflict(string detail) =>
        ApiResult.Problem(
            StatusCodes.Status409Conflict,
            "decided-otherwise",
            "The list of failures has changed",
            $"{detail} Read /api/manage/recover again."
        );
}
