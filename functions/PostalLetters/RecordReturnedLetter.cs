using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>POST /api/manage/letters/{id}/returned</c> with <c>{"by": "Maya", "reason": "moved"}</c>: a letter that was
/// posted came back. Its address is not used again, and the next way takes its place the same day. Repeating it
/// changes nothing.
/// </summary>
public sealed class RecordReturnedLetter(LetterPosting posting)
{
    [Function(nameof(RecordReturnedLetter))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/letters/{id}/returned")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (read, error) = await JsonBody.ReadAsync(
            request,
            "The return of the letter cannot be recorded",
            json => new Request(json.Required("by", Line(100)), json.Optional("reason", Prose(500))),
            cancellationToken
        );
        if (read is null)
            return error!;
        return
            CustomerNoticeId.Parse(id) is { } letter
            && await posting.ReturnAsync(letter, read.By, read.Reason, cancellationToken)
            ? ApiResult.Ok(new { Id = id, Returned = true })
            : ApiResult.NotFound("letter with this id that was posted");
    }

    private sealed record Request(string By, string? Reason);
}
