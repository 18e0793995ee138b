using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>A document in the response of <c>GET /api/invoices/{id}</c>.</summary>
/// <param name="Size">In bytes; null while it is not stored.</param>
internal sealed record DocumentView(
    DocumentType Type,
    string Name,
    DocumentState State,
    int? Size,
    DocumentFailure? Why
)
{
    /// <returns>Null for none.</returns>
    public static IReadOnlyList<DocumentView>? Create(Invoice invoice) =>
        invoice.SupportingDocuments.Count == 0
            ? null
            :
            [
                .. invoice.SupportingDocuments.Select(file => new DocumentView(
                    file.Type,
                    file.Name,
                    file.State,
                    file.BlobName is null ? null : file.Size,
                    file.Failure
                )),
            ];
}
