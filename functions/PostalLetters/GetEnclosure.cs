using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>GET /api/manage/letters/{id}/enclosures/{number}</c>: a file that goes into the envelope with a printed letter.
/// </summary>
public sealed class GetEnclosure(LetterEnclosures enclosures)
{
    [Function(nameof(GetEnclosure))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/letters/{id}/enclosures/{number:int}")]
            HttpRequest request,
        string id,
        int number,
        CancellationToken cancellationToken
    ) =>
        await enclosures.FindAsync(request.HttpContext.Response, id, number, cancellationToken)
        ?? ApiResult.NotFound("enclosure with this number of a printed letter");
}
