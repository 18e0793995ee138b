using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Replies;

/// <summary>
/// <c>POST /api/manage/replies/{customer}/{id}/answer</c> with <c>{"by": "Maya", "text": "…"}</c>: sends an answer to
/// who wrote, with the delivery guarantee of every message, and ends the pause of the reminders. Requires the
/// Idempotency-Key header.
/// </summary>
public sealed class AnswerReply(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    Idempotency idempotency
)
{
    [Function(nameof(AnswerReply))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/replies/{customer}/{id}/answer")]
            HttpRequest request,
        string customer,
        string id,
        CancellationToken cancellationToken
    ) =>
        idempotency.RunWithKeyAsync(
            request,
            "answer",
            (key, body) => AnswerAsync(new CustomerId(customer), id, (key, body), cancellationToken),
            cancellationToken
        );

    private async Task<ApiResult> AnswerAsync(
        CustomerId customer,
        string id,
        (string Key, byte[] Body) sent,
        CancellationToken cancellationToken
    )
    {
        var (answer, error) = JsonBody.Read(sent.Body, AnswerRequest.InvalidTitle, AnswerRequest.Read);
        if (answer is null)
            return error!;
        if (customer == Reply.UnknownSender)
            return ApiResult.Problem(
                StatusCodes.Status409Conflict,
                "unknown-sender",
                "It is not known whose reply this is",
                "Assign it to a customer first."
            );
        var decision = await transactions.RunAsync(
            customer,
            () => ReadAsync(customer, id, cancellationToken),
            (facts, now) =>
                AnswerReplyDecision.Decide(
                    new DunningContext(facts.Account.Customer.Value, rules, now),
                    facts.Account,
                    facts.Reply,
                    answer,
                    sent.Key
                ),
            cancellationToken
        );
        if (decision is null)
            return ApiResult.NotFound("reply with this id");
        await transactions.RepeatAsync(customer, StepRecalculation.Decide, cancellationToken);
        return decision.Result;
    }

    private async Task<Facts?> ReadAsync(CustomerId customer, string id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(customer, cancellationToken) is { } account
        && await receivables.ReadReplyAsync(account.Id, Keys.Escape(id), cancellationToken) is { } reply
            ? new Facts(account, reply)
            : null;

    private sealed record Facts(CustomerAccount Account, Versioned<Reply> Reply);
}

internal sealed record AnswerRequest(string By, string Text)
{
    public const string InvalidTitle = "The answer cannot be sent";

    public static AnswerRequest Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("text", Prose(5000)));
}
