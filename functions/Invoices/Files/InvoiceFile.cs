using System.Text.Json.Nodes;
using Dunning.Http.Validation;

namespace Dunning.Invoices.Files;

/// <summary>
/// A file of invoices as it was read: each is the JSON of <c>POST /api/invoices</c>, not yet checked.
/// </summary>
/// <param name="Format">As a person reads it.</param>
/// <param name="Questions">What only the sender can say; nothing is imported before.</param>
internal sealed record InvoiceFile(
    string Format,
    IReadOnlyList<FileInvoice> Invoices,
    IReadOnlyList<FieldProblem> Questions
);

/// <summary>One invoice of the file, or a row that is none.</summary>
/// <param name="Rows">From 1, as an editor or a spreadsheet shows them; of JSON, the position in the list.</param>
internal sealed record FileInvoice(IReadOnlyList<int> Rows)
{
    /// <summary>The invoice; null where one of the other two is set.</summary>
    public JsonNode? Json { get; init; }

    /// <summary>Why it is passed over: a title, a total, a draft.</summary>
    public string? Skipped { get; init; }

    /// <summary>Why it cannot be imported.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>As the file has it; empty where it has none.</summary>
    public string Number { get; init; } = "";

    /// <summary>The invoices of one customer are imported together.</summary>
    public string CustomerKey { get; init; } = "";
}
