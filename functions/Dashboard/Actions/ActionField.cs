namespace Dunning.Dashboard.Actions;

/// <summary>A field of the form of an action; sent to the API under its name.</summary>
public sealed record ActionField(string Name, FieldKind Kind, bool IsRequired = false);

public enum FieldKind
{
    Line,
    Prose,
    Date,

    /// <summary>A decimal in the currency of the action's subject.</summary>
    Amount,
    WholeNumber,
}
