namespace Dunning.Http.Validation;

/// <summary>Validates by <see cref="TextRules.Opaque"/>: a key or password, in which every character counts.</summary>
internal sealed class OpaqueTextAttribute(int max) : FieldRuleAttribute(TextRules.Opaque(max));
