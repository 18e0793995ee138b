using System.Text.Json;
using Dunning.Http;
using Dunning.Jobs;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Export;

/// <summary>
/// <c>POST /api/import</c>: the file of an export, into a deployment without customers. Nothing is sent until a person
/// starts it. A job.
/// </summary>
public sealed class ImportBook(ReceivablesTable receivables, JobStart jobs)
{
    /// <summary>The host takes no more.</summary>
    private const int MaxBytes = 100 * 1024 * 1024;

    private const string InvalidTitle = "The file cannot be imported";

    [Function(nameof(ImportBook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "import")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } file)
            return RequestBody.TooLarge(MaxBytes);
        if (HeadOf(file) is not { IsKnown: true } head)
            return ApiResult.Problem(
                422,
                "unsupported-document",
                InvalidTitle,
                "Its first line is none of an export: send the result of POST /api/export as it is."
            );
        if (head.Shards != receivables.Shards.All.Count)
            return ApiResult.Problem(
                422,
                "unsupported-document",
                InvalidTitle,
                $"It is of a deployment with {head.Shards} shards, and this one has {receivables.Shards.All.Count}: "
                    + "its rows would not be found here."
            );
        foreach (var shard in receivables.Shards.All)
        {
            await foreach (var _ in receivables.ReadAllAsync(shard, cancellationToken))
                return ApiResult.NotPossibleNow(
                    InvalidTitle,
                    "Customers are stored here: import into a deployment without any."
                );
        }
        return await jobs.RunFileAsync(JobKind.Import, file, cancellationToken);
    }

    private static ExportHead? HeadOf(byte[] file)
    {
        try
        {
            var end = Array.IndexOf(file, (byte)'\n');
            return JsonSerializer
                .Deserialize<ExportLine>(file.AsSpan(0, end < 0 ? file.Length : end), ApiResult.Options)
                ?.Export;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
