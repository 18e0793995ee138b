using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary><c>invoice.json</c>: the document and its state.</summary>
internal sealed record InvoiceFileView(
    string Id,
    string Source,
    string ExternalId,
    string State,
    string Currency,
    string OriginalAmount,
    string Paid,
    string WrittenOff,
    string Charged,
    string Balance,
    DateOnly DueDate,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? ErasedAt,
    Document Document,
    DunningState Dunning,
    Closed? Closed,
    IReadOnlyList<SupportingDocument> Documents
)
{
    public static InvoiceFileView Create(Invoice invoice, Customer customer) =>
        new(
            invoice.Id.ToString(),
            invoice.Source,
            invoice.ExternalId,
            invoice.StateFor(customer),
            invoice.OpenAmount.Currency,
            invoice.Payments.OriginalAmount.ToDecimalString(),
            invoice.Payments.Paid.ToDecimalString(),
            invoice.WrittenOff.ToDecimalString(),
            invoice.Charged.ToDecimalString(),
            invoice.OpenAmount.ToDecimalString(),
            invoice.DueDate,
            invoice.AcceptedAt,
            invoice.ErasedAt,
            invoice.Document,
            invoice.Dunning,
            invoice.Closed,
            invoice.SupportingDocuments
        );
}
