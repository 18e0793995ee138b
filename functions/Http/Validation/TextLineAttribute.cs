namespace Dunning.Http.Validation;

/// <summary>Validates by <see cref="TextRules.Line"/>.</summary>
internal sealed class TextLineAttribute(int max) : FieldRuleAttribute(TextRules.Line(max));
