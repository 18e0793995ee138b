using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices.Files;

/// <summary>
/// <c>POST /api/invoices/import-file</c>: the export of an accounting tool. A job; with <c>?dryRun=true</c> it only
/// says what would be stored, and which messages that would cause. The same file again changes nothing.
/// </summary>
public sealed class ImportInvoiceFile(JobStart jobs)
{
    private const int MaxBytes = 10 * 1024 * 1024;

    [Function(nameof(ImportInvoiceFile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "invoices/import-file")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var format = RequestBody.MediaType(request);
        if (format is not (InvoiceFileInput.CsvFormat or DocumentFormat.Json or DocumentFormat.JsonLines))
            return ApiResult
                .Problem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "Unsupported media type",
                    $"Send a file of invoices as {InvoiceFileInput.CsvFormat}, {DocumentFormat.Json} or "
                        + $"{DocumentFormat.JsonLines}."
                )
                .With(
                    "Accept-Post",
                    $"{InvoiceFileInput.CsvFormat}, {DocumentFormat.Json}, {DocumentFormat.JsonLines}"
                );
        return await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } file
            ? RequestBody.TooLarge(MaxBytes)
            : await RunAsync(file, format, request.Query, cancellationToken);
    }

    private async Task<ApiResult> RunAsync(
        byte[] file,
        string format,
        IQueryCollection query,
        CancellationToken cancellationToken
    )
    {
        var (options, isDryRun, error) = InvoiceFileQuery.Read(query);
        if (error is not null)
            return error;
        var input = new InvoiceFileInput(file, format, options, isDryRun);
        try
        {
            if (input.Read().Questions is { Count: > 0 } questions)
                return ApiResult.Invalid(InvoiceFileQuery.InvalidTitle, questions);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return unreadable.ToProblem("The file cannot be read");
        }
        return await jobs.RunAsync(JobKind.InvoiceFile, input, cancellationToken);
    }
}
