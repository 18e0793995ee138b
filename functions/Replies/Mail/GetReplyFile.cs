using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Replies.Mail;

/// <summary>
/// <c>GET /api/manage/replies/{customer}/{id}/files/{number}</c>: an attachment of a reply, from 1 on, or with 0 the
/// whole message as it was received.
/// </summary>
public sealed class GetReplyFile(ReplyFiles files)
{
    [Function(nameof(GetReplyFile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/replies/{customer}/{id}/files/{number:int}")]
            HttpRequest request,
        string customer,
        string id,
        int number,
        CancellationToken cancellationToken
    ) =>
        await files.FindAsync(request.HttpContext.Response, (customer, id, number), cancellationToken)
        ?? ApiResult.NotFound("file of a reply with this number");
}
