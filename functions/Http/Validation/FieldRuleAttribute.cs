using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Dunning.Http.Validation;

/// <summary>
/// Validates a property, or each text of a list, by a field rule. An empty value is valid, as with the attributes of
/// .NET.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class FieldRuleAttribute : ValidationAttribute
{
    private readonly FieldRule<string> _rule;

    /// <param name="rules">The class that holds the rule.</param>
    /// <param name="name">The name of its static field.</param>
    public FieldRuleAttribute(Type rules, string name)
        : this((FieldRule<string>)rules.GetField(name)!.GetValue(null)!) { }

    protected FieldRuleAttribute(FieldRule<string> rule) => _rule = rule;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
        && _rule.Check(text).Error is { } error
            ? new ValidationResult(error.Message)
            : ValidationResult.Success;
}
