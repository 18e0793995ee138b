using Dunning.Http;
using Dunning.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// <c>POST /api/payments/import</c>: a bank statement (camt.053, camt.054, MT940, or CSV with its columns in the
/// query). Its movements are applied where one reading is possible, and listed for a person where not. A job; with
/// <c>?dryRun=true</c> it only says what it would do. The same file again changes nothing.
/// </summary>
public sealed class ImportBankFile(JobStart jobs)
{
    private const int MaxBytes = 5 * 1024 * 1024;

    [Function(nameof(ImportBankFile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "payments/import")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } file
            ? RequestBody.TooLarge(MaxBytes)
            : await RunAsync(file, RequestBody.MediaType(request) is "text/csv", request.Query, cancellationToken);

    /// <param name="query">The columns of a CSV file, and <c>dryRun</c>.</param>
    private async Task<ApiResult> RunAsync(
        byte[] file,
        bool isCsv,
        IQueryCollection query,
        CancellationToken cancellationToken
    )
    {
        var dryRun = query["dryRun"].ToString();
        if (!bool.TryParse(dryRun, out var isDryRun) && dryRun.Length > 0)
            return ApiResult.Invalid(
                "The bank file cannot be imported",
                [new("#/dryRun", "unknown_value", "write true or false")]
            );
        var (columns, error) = isCsv ? BankColumns.Read(query) : (null, null);
        if (error is not null)
            return error;
        var input = new BankFileInput(file, columns, isDryRun);
        try
        {
            input.Read();
        }
        catch (UnreadableDocumentException unreadable)
        {
            return unreadable.ToProblem("The bank file cannot be read");
        }
        return await jobs.RunAsync(JobKind.BankFile, input, cancellationToken);
    }
}
