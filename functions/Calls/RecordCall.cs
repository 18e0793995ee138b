using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Calls;

/// <summary><c>POST /api/manage/calls/{id}/result</c>; see <see cref="CallResult"/>.</summary>
public sealed class RecordCall(CallResults results)
{
    [Function(nameof(RecordCall))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/calls/{id}/result")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (result, error) = await JsonBody.ReadAsync(
            request,
            CallResult.InvalidTitle,
            CallResult.Read,
            cancellationToken
        );
        return result is null ? error! : await results.RecordAsync(id, result, cancellationToken);
    }
}
