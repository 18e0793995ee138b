namespace Dunning.Dashboard.Actions;

/// <summary>The form of an action: its name, of which its words are made, and what a person fills in.</summary>
public sealed record ActionForm(string Name, IReadOnlyList<ActionField> Fields);
