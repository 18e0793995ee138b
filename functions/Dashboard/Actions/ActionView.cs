using Dunning.Forecast;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Dashboard.Actions;

/// <summary>What <see cref="ActionPage"/> shows: the form, or, when it is filled in, what will happen.</summary>
/// <param name="Values">As typed, by the name of the field.</param>
/// <param name="IsChecked">The form is valid: the page asks for the confirmation.</param>
public sealed record ActionView(
    ActionForm Form,
    string Id,
    ActionSubject Subject,
    IReadOnlyDictionary<string, string> Values,
    bool IsChecked
)
{
    public required string RequestId { get; init; }
    public string Item { get; init; } = "";

    /// <summary>What is wrong, and how to correct it; about the whole form where the pointer is empty.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>What happened to the invoice since the form was made; empty for nothing.</summary>
    public IReadOnlyList<InvoiceEvent> Meanwhile { get; init; } = [];

    /// <summary>What the person should know before the confirmation.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What it does to the messages of the customer; null when that is not known beforehand.</summary>
    public ForecastChange? Preview { get; init; }

    /// <summary>The text of the first message that it adds, moves or changes; null for none.</summary>
    public string? Message { get; init; }

    public string ValueOf(ActionField field) => Values.GetValueOrDefault(field.Name, "");
}
