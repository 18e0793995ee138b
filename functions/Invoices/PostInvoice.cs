using Dunning.Configuration;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices</c>: one invoice as JSON, UBL 2.1 or UN/CEFACT CII. Idempotent by source and external id: the
/// outcome of a repeated document is <c>unchanged</c>.
/// </summary>
public sealed class PostInvoice(
    InvoiceIntake invoiceIntake,
    InFlightReminders inFlight,
    Idempotency idempotency,
    CreditorOptions creditor
)
{
    /// <summary>Real e-invoices with embedded attachments reach 3.3 MB.</summary>
    private const int MaxXmlBytes = 5 * 1024 * 1024;
    private const int MaxJsonBytes = 1024 * 1024;

    [Function(nameof(PostInvoice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var format = DocumentFormat.FromMediaType(RequestBody.MediaType(request));
        if (format is null)
            return DocumentFormat.Unsupported();
        var limit = format is DocumentFormat.Json ? MaxJsonBytes : MaxXmlBytes;
        if (await RequestBody.ReadAsync(request, limit, cancellationToken) is not { } body)
            return RequestBody.TooLarge(limit);
        return await idempotency.RunAsync(
            request,
            body,
            () => AcceptAsync(request, format, body, cancellationToken),
            cancellationToken
        );
    }

    private async Task<ApiResult> AcceptAsync(
        HttpRequest request,
        string format,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        InvoiceReading reading;
        try
        {
            reading = DocumentFormat.Read(
                format,
                body,
                strict: request.Query["strict"] == "true",
                creditor,
                cancellationToken
            );
        }
        catch (UnreadableDocumentException unreadable)
        {
            return unreadable.ToProblem("The document cannot be read");
        }
        if (reading.Document is null || reading.Problems.Count > 0)
            return InvoiceAnswer.Invalid(reading.Problems);
        var (intake, problems) = await invoiceIntake.AcceptAsync(reading.Document, cancellationToken);
        if (intake is null)
            return InvoiceAnswer.Invalid(problems);
        if (
            intake.IsDunningStopped
            && await inFlight.WaitAsync([intake.Invoice.Id], cancellationToken) is { Count: > 0 }
        )
            return ApiResult.ReminderInFlight();
        var answer = InvoiceAnswer.Create(intake, reading.Warnings);
        return intake.Outcome is IntakeOutcome.Created
            ? ApiResult.Created($"/api/invoices/{intake.Invoice.Id}", answer)
            : ApiResult.Ok(answer);
    }
}
