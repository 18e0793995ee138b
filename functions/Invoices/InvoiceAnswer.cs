using System.Globalization;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>The response to an accepted invoice.</summary>
internal sealed record InvoiceAnswer(
    string Id,
    string ExternalId,
    IntakeOutcome Outcome,
    string State,
    DateOnly DueDate,
    string DueDateSource,
    string? NextStep,
    IReadOnlyList<string> Warnings
)
{
    public static InvoiceAnswer Create(IntakeDecision intake, IReadOnlyList<string> warnings)
    {
        var (invoice, customer) = (intake.Invoice, intake.Customer);
        warnings = [.. warnings, .. intake.Warnings];
        return new InvoiceAnswer(
            invoice.Id.ToString(),
            invoice.ExternalId,
            intake.Outcome,
            invoice.StateFor(customer),
            invoice.DueDate,
            SourceOfDueDate(invoice),
            invoice.Dunning.Next is { } next
                ? $"{next.Step} at {next.At.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}"
                : null,
            customer.CanBeReached || customer.SuggestedEmail is not { } suggested
                ? warnings
                :
                [
                    .. warnings,
                    $"The document names {suggested} as the buyer's electronic address. It is not used, because it "
                        + "may be a machine's mailbox; send it as customer.email if a person reads it.",
                ]
        );
    }

    public static string SourceOfDueDate(Invoice invoice) =>
        invoice.AgreedDueDate != invoice.Document.DueDate || invoice.Agreements.Plan is { Id: not null } ? "agreed"
        : invoice.Document.DueDateIsDefault ? "default"
        : "document";

    public const string InvalidTitle = "The invoice is not valid";

    public static ApiResult Invalid(IReadOnlyList<FieldProblem> problems) => ApiResult.Invalid(InvalidTitle, problems);
}
