using Dunning.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Export;

/// <summary>
/// <c>POST /api/export</c>: everything that is stored, as JSON lines, for another deployment or another product. A job;
/// its result is the file.
/// </summary>
public sealed class ExportBook(JobStart jobs)
{
    [Function(nameof(ExportBook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "export")] HttpRequest request,
        CancellationToken cancellationToken
    ) => await jobs.RunAsync(JobKind.Export, new object(), cancellationToken);
}
