using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>POST /api/manage/letters/{id}/drop</c> with <c>{"by": "Maya", "reason": "…"}</c>: the letter is not posted, and
/// the invoices go on with the step after it.
/// </summary>
public sealed class DropLetter(LetterPosting posting)
{
    [Function(nameof(DropLetter))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/letters/{id}/drop")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (read, error) = await JsonBody.ReadAsync(
            request,
            "The letter cannot be dropped",
            json => new Request(json.Required("by", Line(100)), json.Optional("reason", Prose(500))),
            cancellationToken
        );
        if (read is null)
            return error!;
        return
            CustomerNoticeId.Parse(id) is { } letter
            && await posting.DropAsync(letter, read.By, read.Reason, cancellationToken)
            ? ApiResult.Ok(new { Id = id, Dropped = true })
            : ApiResult.NotFound("letter with this id that waits");
    }

    private sealed record Request(string By, string? Reason);
}
