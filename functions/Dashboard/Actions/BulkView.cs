using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// What <see cref="BulkPage"/> shows: the form; when it is filled in, what will happen; at the end, what was refused.
/// </summary>
/// <param name="ReturnTo">The list in which the invoices were chosen.</param>
public sealed record BulkView(ActionForm Form, IReadOnlyList<BulkSelection> Selections, string ReturnTo)
{
    public IReadOnlyList<Invoice> Invoices => [.. Selections.SelectMany(selection => selection.Invoices)];

    /// <summary>As typed, by the name of the field.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the first invoice: what can be chosen is the same for all.</summary>
    public ActionSubject? Subject { get; init; }
    public bool IsChecked { get; init; }
    public bool IsDone { get; init; }
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
    public IReadOnlyList<BulkPreview> Previews { get; init; } = [];

    /// <summary>The invoices for which it is not possible.</summary>
    public IReadOnlyList<BulkRefusal> Refusals { get; init; } = [];
}
