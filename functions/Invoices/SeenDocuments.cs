using Dunning.Http.Validation;
using Dunning.Invoices.Formats;

namespace Dunning.Invoices;

/// <summary>The documents of one import: which of two versions is newer must not depend on their order.</summary>
internal sealed class SeenDocuments
{
    private readonly Dictionary<(string Source, string ExternalId), DateTimeOffset?> _updatedAt = [];

    /// <returns>Null when the document is the first of its id, or says that it is newer.</returns>
    public FieldProblem? Add(InvoiceDocument document)
    {
        var key = (document.Source, document.ExternalId);
        if (_updatedAt.TryGetValue(key, out var earlier) && !(document.UpdatedAt > earlier))
            return new(
                "#/externalId",
                "duplicate_in_batch",
                "An earlier line has the same source and externalId, and updatedAt does not say which is newer. Send "
                    + "each invoice once, or give the newer one a later updatedAt."
            );
        _updatedAt[key] = document.UpdatedAt;
        return null;
    }
}
