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
/// <c>POST /api/invoices/import</c>: one invoice a line (NDJSON), one result a line, in order. Lines are independent: a
/// broken one is told of and the rest goes on. <c>?dryRun=true</c> writes nothing.
/// </summary>
public sealed class ImportInvoices(
    InvoiceIntake acceptance,
    InFlightReminders inFlight,
    CreditorOptions creditor,
    ILogger<ImportInvoices> log
)
{
    /// <summary>What one request gets done before a load balancer gives up on it.</summary>
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
                    "The media type is not read here",
                    $"Send one JSON invoice a line as {DocumentFormat.JsonLines}."
                )
                .With("Accept-Post", DocumentFormat.JsonLines);
        var dryRun = request.Query["dryRun"] == "true";
        List<string> results = [];
        Dictionary<int, ImportResult> silenced = [];
        var batch = new Dictionary<(string, string), DateTimeOffset?>();
        try
        {
            await foreach (var line in BulkLines.Read(request.Body, cancellationToken))
            {
                var result =
                    results.Count >= MaxInvoices
                        ? TooMany(line)
                        : await ImportAsync(line, batch, dryRun, cancellationToken);
                if (result.Silenced is not null)
                    silenced[results.Count] = result;
                results.Add(ApiResult.Serialise(result));
            }
        }
        catch (UnreadableDocumentException tooLarge)
        {
            results.Add(
                ApiResult.Serialise(
                    Refused(
                        0,
                        null,
                        ApiResult.Problem(tooLarge.Status, tooLarge.Problem, "The rest was not read", tooLarge.Message)
                    )
                )
            );
        }
        var leaving = await inFlight.WaitAsync(silenced.Values.Select(r => r.Silenced!.Value), cancellationToken);
        foreach (var (at, result) in silenced.Where(s => leaving.Contains(s.Value.Silenced!.Value)))
            results[at] = ApiResult.Serialise(Refused(result.Line, result.ExternalId, ApiResult.ReminderInFlight()));
        return new ApiResult(
            StatusCodes.Status200OK,
            string.Concat(results.Select(r => r + "\n")),
            DocumentFormat.JsonLines,
            new Dictionary<string, string>()
        );
    }

    private async Task<ImportResult> ImportAsync(
        BulkLine line,
        Dictionary<(string, string), DateTimeOffset?> batch,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        if (line.IsTooLong)
            return Refused(
                line.Number,
                null,
                ApiResult.Problem(
                    413,
                    "too-large",
                    "The line is too long",
                    $"A line has at most {BulkLines.MaxLineBytes} bytes."
                )
            );
        InvoiceReading reading;
        try
        {
            reading = DocumentFormat.Read(DocumentFormat.Json, line.Json, strict: false, creditor.PaymentHosts);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return Refused(
                line.Number,
                null,
                ApiResult.Problem(unreadable.Status, unreadable.Problem, "The line cannot be read", unreadable.Message)
            );
        }
        if (reading.Document is not { } document || reading.Problems.Count > 0)
            return Refused(line.Number, reading.Document?.ExternalId, InvoiceAnswer.Invalid(reading.Problems));
        if (IsRepeated(document, batch))
            return Refused(
                line.Number,
                document.ExternalId,
                ApiResult.Problem(
                    422,
                    "validation",
                    "The invoice occurs twice",
                    "The same source and externalId stand in an earlier line; only a later updatedAt would say "
                        + "which is newer.",
                    [
                        new(
                            "#/externalId",
                            "duplicate_in_batch",
                            "Send each invoice once, or give the newer one a later updatedAt."
                        ),
                    ]
                )
            );
        (IntakeDecision? intake, IReadOnlyList<FieldProblem> problems) = (null, []);
        try
        {
            (intake, problems) = await acceptance.AcceptAsync(document, dryRun, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Line {Line} of an import could not be accepted", line.Number);
            return Refused(
                line.Number,
                document.ExternalId,
                ApiResult.Problem(
                    500,
                    "internal",
                    "The line could not be accepted",
                    "Send it again; if it fails again, the log says why."
                )
            );
        }
        return intake is null
            ? Refused(line.Number, document.ExternalId, InvoiceAnswer.Invalid(problems))
            : new ImportResult(
                line.Number,
                document.ExternalId,
                intake.Outcome is IntakeOutcome.Created ? 201 : 200,
                JsonNamingPolicy.CamelCase.ConvertName(intake.Outcome.ToString()),
                intake.Invoice.Id.ToString(),
                intake.Invoice.StateFor(intake.Customer),
                reading.Warnings,
                null
            )
            {
                Silenced = intake.IsSilenced && !dryRun ? intake.Invoice.Id : null,
            };
    }

    private static bool IsRepeated(InvoiceDocument document, Dictionary<(string, string), DateTimeOffset?> batch)
    {
        var key = (document.Source, document.ExternalId);
        if (batch.TryGetValue(key, out var earlier) && !(document.UpdatedAt > earlier))
            return true;
        batch[key] = document.UpdatedAt;
        return false;
    }

    private static ImportResult TooMany(BulkLine line) =>
        Refused(
            line.Number,
            null,
            ApiResult.Problem(
                413,
                "too-large",
                "Too many invoices at once",
                $"One request imports {MaxInvoices} invoices; send this line and those after it in the next one."
            )
        );

    private static ImportResult Refused(int line, string? externalId, ApiResult problem) =>
        new(
            line,
            externalId,
            problem.Status,
            "rejected",
            null,
            null,
            null,
            JsonDocument.Parse(problem.Json!).RootElement
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
        /// <summary>No reminder for it may follow the answer.</summary>
        [JsonIgnore]
        public InvoiceId? Silenced { get; init; }
    }
}
