using System.ComponentModel.DataAnnotations;

namespace Dunning.Configuration;

/// <param name="when">
/// A property of the same class that is true when the setting is required; null when it always is.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredSettingAttribute(string? when = null) : RequiredAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        IsRequired(validationContext.ObjectInstance) && !IsValid(value)
            ? new ValidationResult("this setting is required")
            : ValidationResult.Success;

    private bool IsRequired(object options) =>
        when is null || (bool)options.GetType().GetProperty(when)!.GetValue(options)!;
}
