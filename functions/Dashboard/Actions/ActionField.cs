using Dunning.Http.Validation;

namespace Dunning.Dashboard.Actions;

/// <summary>A field of the form of an action; sent to the API under its name.</summary>
public sealed record ActionField(string Name, FieldKind Kind, bool IsRequired = false)
{
    /// <summary>The end of the key of its words: <c>field.reason</c>.</summary>
    public string Label { get; init; } = Name;

    public bool IsOf(FieldProblem problem) => problem.Pointer == "#/" + Name;
}

public enum FieldKind
{
    Line,
    Prose,
    Date,

    /// <summary>A decimal in the currency of the action's subject.</summary>
    Amount,
    WholeNumber,
}
