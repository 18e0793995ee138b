using System.Globalization;
using System.Text.Json;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Jobs;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.Logging;

namespace Dunning.Invoices.Files;

/// <summary>
/// The job of a file of invoices: slice by slice the invoices of some customers. Each goes the way of
/// <c>POST /api/invoices</c>, so that a repeated slice changes nothing.
/// </summary>
public sealed class InvoiceFileRunner(
    InvoiceIntake intake,
    InFlightReminders inFlight,
    CausedMessages messages,
    ReceivablesTable receivables,
    Lookup lookup,
    CreditorOptions creditor,
    JobFiles files,
    ILogger<InvoiceFileRunner> log
) : IJobRunner
{
    private const int InvoicesPerSlice = 100;

    public JobKind Kind => JobKind.InvoiceFile;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var input = await files.ReadInputAsync<InvoiceFileInput>(job.Id, cancellationToken);
        var file = input.Read();
        var customers = file.Invoices.GroupBy(invoice => invoice.CustomerKey, StringComparer.Ordinal).ToList();
        var from = job.Position is null ? 0 : int.Parse(job.Position, CultureInfo.InvariantCulture);
        var until = from;
        List<FileInvoice> slice = [];
        while (until < customers.Count && slice.Count < InvoicesPerSlice)
            slice.AddRange(customers[until++]);

        var preview = input.IsDryRun ? new IntakePreview() : null;
        var imported = await ImportAsync(job, slice, preview, cancellationToken);
        var caused = preview is null ? [] : await messages.OfAsync(preview.Accounts, job.CreatedAt, cancellationToken);
        await files.SaveSliceAsync<InvoiceFileSummary>(
            job,
            [
                .. imported.Select(invoice => new InvoiceFileLine { Invoice = invoice }),
                .. caused.Select(message => new InvoiceFileLine { Message = message }),
            ],
            SummaryOf(file, input.IsDryRun, imported, caused).Plus,
            cancellationToken
        );
        return new JobSlice(
            until < customers.Count ? until.ToString(CultureInfo.InvariantCulture) : null,
            customers.Count == 0 ? 100 : 100 * until / customers.Count,
            slice.Count
        );
    }

    private static InvoiceFileSummary SummaryOf(
        InvoiceFile file,
        bool isDryRun,
        IReadOnlyList<ImportedInvoice> imported,
        IReadOnlyList<CausedMessage> caused
    ) =>
        new(
            file.Format,
            file.Invoices.Count,
            isDryRun,
            imported.CountBy(invoice => invoice.Outcome).ToDictionary(),
            [
                .. Money
                    .SumsOf(imported.Select(invoice => invoice.AmountDue?.ToMoney()).OfType<Money>())
                    .Select(amount => MoneyView.Of(amount)),
            ],
            CausedMessages.CountsOf(caused)
        );

    private async Task<IReadOnlyList<ImportedInvoice>> ImportAsync(
        Job job,
        IReadOnlyList<FileInvoice> invoices,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        List<ImportedInvoice> imported = [];
        var seen = new SeenDocuments();
        foreach (var invoice in invoices)
        {
            try
            {
                imported.Add(await ImportAsync(invoice, seen, preview, cancellationToken));
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException)
            {
                log.LogError(exception, "An invoice of job {Job} could not be imported", job.Id);
                imported.Add(
                    Refused(invoice, [new("#", "internal", "It failed for an unknown reason: send it alone.")])
                );
            }
        }
        return imported;
    }

    private async Task<ImportedInvoice> ImportAsync(
        FileInvoice invoice,
        SeenDocuments seen,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        if (invoice.Skipped is { } why)
            return new(
                invoice.Rows,
                invoice.Number,
                ImportOutcome.Skipped,
                Id: null,
                Customer: null,
                AmountDue: null,
                State: null,
                why,
                [],
                []
            );
        if (invoice.Json is null)
            return Refused(invoice, invoice.Problems);
        var reading = DocumentFormat.Read(
            DocumentFormat.Json,
            JsonSerializer.SerializeToUtf8Bytes(invoice.Json),
            strict: false,
            creditor,
            cancellationToken
        );
        if (reading.Document is not { } document)
            return Refused(invoice, reading.Problems);
        if ((seen.Add(document) ?? await FindTwinAsync(document, cancellationToken)) is { } conflict)
            return Refused(invoice, [conflict]);
        var (decision, problems) = preview is null
            ? await intake.AcceptAsync(document, cancellationToken)
            : await intake.PreviewAsync(document, preview, cancellationToken);
        if (decision is null)
            return Refused(invoice, problems);
        List<string> warnings = [.. reading.Warnings, .. decision.Warnings];
        if (
            preview is null
            && decision.IsDunningStopped
            && await inFlight.WaitAsync([decision.Invoice.Id], cancellationToken) is { Count: > 0 }
        )
            warnings.Add("A reminder for it was being sent while it was stored.");
        return new(
            invoice.Rows,
            document.Number,
            Enum.Parse<ImportOutcome>(decision.Outcome.ToString()),
            decision.Invoice.Id.ToString(),
            decision.Customer.Name,
            MoneyView.Of(decision.Invoice.OpenAmount),
            decision.Invoice.StateFor(decision.Customer),
            Why: null,
            [],
            warnings
        );
    }

    /// <summary>
    /// The same invoice under another source would be asked for twice: an export and a connection to the same tool name
    /// it differently.
    /// </summary>
    private async Task<FieldProblem?> FindTwinAsync(InvoiceDocument document, CancellationToken cancellationToken)
    {
        if (await lookup.FindExternalIdAsync(document.Source, document.ExternalId, cancellationToken) is not null)
            return null;
        foreach (var id in await lookup.FindReferenceAsync(document.Number, cancellationToken))
        {
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is { Value: var known }
                && known.Document.Number == document.Number
                && known.Document.IssueDate == document.IssueDate
                && known.Document.AmountDue.Currency == document.AmountDue.Currency
            )
                return new(
                    "#/externalId",
                    "known_elsewhere",
                    $"Invoice {document.Number} of {document.IssueDate:yyyy-MM-dd} is stored already, from source "
                        + $"'{known.Source}' with the external id '{known.ExternalId}': go on there, or void it first."
                );
        }
        return null;
    }

    private static ImportedInvoice Refused(FileInvoice invoice, IReadOnlyList<FieldProblem> problems) =>
        new(
            invoice.Rows,
            invoice.Number,
            ImportOutcome.Refused,
            Id: null,
            Customer: null,
            AmountDue: null,
            State: null,
            Why: null,
            problems,
            []
        );
}
