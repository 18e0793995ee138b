namespace Dunning.Receivables.Banking;

/// <summary>What the payer types into one field.</summary>
/// <param name="Label">In the language of the account's country.</param>
/// <param name="Value">As that country prints it.</param>
public sealed record AccountPart(string Label, string Value);
