using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/import</c>: one invoice per line (NDJSON), one result per line, in the same order. Lines are
/// independent: an invalid line is rejected and the others are imported. <c>?dryRun=true</c> writes nothing.
/// </summary>
public sealed class ImportInvoices(
    InvoiceIntake invoiceIntake,
    InFlightReminders inFlight,
    CreditorOptions creditor,
    ILogger<ImportInvoices> log
)
{
    /// <summary>As many as one request can process before a load balancer times out.</summary>
    private const int MaxInvoices = 500;

    [Function(nameof(ImportInvoices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/import")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (RequestBody.MediaType(request) is not (DocumentFormat.JsonLines or "application/jsonl"))
            return ApiResult
                .Problem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "Unsupported media type",
                    $"Send one JSON invoice per line as {DocumentFormat.JsonLines}."
                )
                .With("Accept-Post", DocumentFormat.JsonLines);
        var preview = request.Query["dryRun"] == "true" ? new IntakePreview() : null;
        List<string> results = [];
        Dictionary<int, ImportResult> stopped = [];
        var seen = new SeenDocuments();
        try
        {
            await foreach (var line in BulkLines.Read(request.Body, cancellationToken))
            {
                var result =
                    results.Count >= MaxInvoices
                        ? TooManyInvoices(line)
                        : await ImportAsync(line, seen, preview, cancellationToken);
                if (result.StoppedInvoice is not null)
                    stopped[results.Count] = result;
                results.Add(ApiResult.Serialise(result));
            }
        }
        catch (UnreadableDocumentException tooLarge)
        {
            results.Add(
                ApiResult.Serialise(Rejected(0, null, tooLarge.ToProblem("The remaining lines were not read")))
            );
        }
        var inFlightIds = await inFlight.WaitAsync(
            stopped.Values.Select(r => r.StoppedInvoice!.Value),
            cancellationToken
        );
        foreach (var (index, result) in stopped.Where(s => inFlightIds.Contains(s.Value.StoppedInvoice!.Value)))
            results[index] = ApiResult.Serialise(
                Rejected(result.Line, result.ExternalId, ApiResult.ReminderInFlight())
            );
        return new ApiResult(
            StatusCodes.Status200OK,
            string.Concat(results.Select(r => r + "\n")),
            DocumentFormat.JsonLines,
            new Dictionary<string, string>()
        );
    }

    private async Task<ImportResult> ImportAsync(
        BulkLine line,
        SeenDocuments seen,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        if (line.IsTooLong)
            return Rejected(
                line.Number,
                null,
                ApiResult.Problem(
                    413,
                    "too-large",
                    "The line is too long",
                    $"A line may hold at most {BulkLines.MaxLineBytes} bytes; shorten it, or post the invoice to "
                        + "/api/invoices."
                )
            );
        InvoiceReading reading;
        try
        {
            reading = DocumentFormat.Read(DocumentFormat.Json, line.Json, strict: false, creditor, cancellationToken);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return Rejected(line.Number, null, unreadable.ToProblem("The line cannot be read"));
        }
        if (reading.Document is not { } document || reading.Problems.Count > 0)
            return Rejected(line.Number, reading.Document?.ExternalId, InvoiceAnswer.Invalid(reading.Problems));
        if (seen.Add(document) is { } repeated)
            return Rejected(
                line.Number,
                document.ExternalId,
                ApiResult.Problem(422, "validation", "The invoice occurs twice", repeated.Detail, [repeated])
            );
        (IntakeDecision? intake, IReadOnlyList<FieldProblem> problems) = (null, []);
        try
        {
            (intake, problems) = preview is null
                ? await invoiceIntake.AcceptAsync(document, cancellationToken)
                : await invoiceIntake.PreviewAsync(document, preview, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "Line {Line} of an import could not be accepted", line.Number);
            return Rejected(line.Number, document.ExternalId, ErrorResponses.From(exception));
        }
        return intake is null
            ? Rejected(line.Number, document.ExternalId, InvoiceAnswer.Invalid(problems))
            : new ImportResult(
                line.Number,
                document.ExternalId,
                intake.Outcome is IntakeOutcome.Created ? 201 : 200,
                JsonNamingPolicy.CamelCase.ConvertName(intake.Outcome.ToString()),
                intake.Invoice.Id.ToString(),
                intake.Invoice.StateFor(intake.Customer),
                [.. reading.Warnings, .. intake.Warnings],
                null
            )
            {
                StoppedInvoice = intake.IsDunningStopped && preview is null ? intake.Invoice.Id : null,
            };
    }

    private static ImportResult TooManyInvoices(BulkLine line) =>
        Rejected(
            line.Number,
            null,
            ApiResult.Problem(
                413,
                "too-large",
                "Too many invoices at once",
                $"One request imports at most {MaxInvoices} invoices; send this line and the following ones in "
                    + "another request, or all of them to /api/invoices/import-file."
            )
        );

    private static ImportResult Rejected(int line, string? externalId, ApiResult problem) =>
        new(
            line,
            externalId,
            problem.Status,
            "rejected",
            null,
            null,
            null,
            JsonDocument.Parse(problem.Body!).RootElement
        );

    private sealed record ImportResult(
        int Line,
        string? ExternalId,
        int Status,
        string Outcome,
        string? Id,
        string? State,
        IReadOnlyList<string>? Warnings,
        JsonElement? Problem
    )
    {
        /// <summary>Set when no reminder for the invoice may be sent after the response.</summary>
        [JsonIgnore]
        public InvoiceId? StoppedInvoice { get; init; }
    }
}
