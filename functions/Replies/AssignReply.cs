using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Replies;

/// <summary>
/// <c>POST /api/manage/replies/nobody/{id}/assign</c> with <c>{"customer": "c…"}</c>: a person says whose the reply of
/// an unknown sender is. From then on it is that customer's, and pauses its reminders.
/// </summary>
public sealed class AssignReply(ReceivablesTable receivables, ReplyIntake replies)
{
    private const string InvalidTitle = "The reply cannot be assigned";

    [Function(nameof(AssignReply))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/replies/nobody/{id}/assign")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (customer, error) = await JsonBody.ReadAsync(
            request,
            InvalidTitle,
            json => json.Required("customer", Line(100)),
            cancellationToken
        );
        if (error is not null)
            return error;
        if (
            await receivables.ReadAsync(new CustomerId(customer!), cancellationToken)
            is not { Customer.Value.ErasedAt: null, Id: var known }
        )
            return ApiResult.Invalid(
                InvalidTitle,
                [new("#/customer", "unknown", "send the id of a customer: GET /api/invoices/{id} names it")]
            );
        if (await receivables.ReadReplyAsync(Reply.UnknownSender, Keys.Escape(id), cancellationToken) is not { } reply)
            return ApiResult.NotFound("reply of an unknown sender with this id");
        // First with the customer: a crash in between leaves it in both lists, and the repetition finishes.
        await replies.SaveOneAsync(
            reply.Value with
            {
                CustomerId = known,
                Suggestions = [],
                Done = null,
                Due = null,
            },
            cancellationToken
        );
        await receivables.TryCommitAsync(new CustomerTransaction(Reply.UnknownSender).Delete(reply), cancellationToken);
        return ApiResult.Ok(new { Id = id, CustomerId = known });
    }
}
