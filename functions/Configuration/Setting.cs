using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>One setting: a property of an options class, or an item of its list.</summary>
/// <param name="Section">Holds the configured text.</param>
/// <param name="Type">Of the property or item, without <c>Nullable</c>.</param>
/// <param name="Owner">The object with the property; null before it is bound.</param>
/// <param name="Prefix">Of the names of the owner's settings.</param>
internal sealed record Setting(
    PropertyInfo Property,
    IConfigurationSection Section,
    Type Type,
    object? Owner,
    string Prefix
)
{
    /// <summary>
    /// If Azure cannot resolve a reference to a Key Vault, the setting contains the reference's text, which would be
    /// used as the password or signing secret (learn.microsoft.com/azure/app-service/app-service-key-vault-references,
    /// "Troubleshooting").
    /// </summary>
    private const string SecretReference = "@Microsoft.KeyVault(";

    /// <summary>The name as an app setting.</summary>
    public string Name => NameOf(Section.Path);

    public string? Text => Section.Value;

    public bool IsListItem => Type != (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType);

    /// <summary>All settings of an options class; of a list, those of its configured items.</summary>
    /// <param name="configuration">The section that is bound to the class.</param>
    /// <param name="options">The bound object; null before binding.</param>
    public static IEnumerable<Setting> Of(Type type, IConfiguration configuration, object? options) =>
        from property in type.GetProperties()
        where property.CanWrite
        let section = configuration.GetSection(KeyOf(property))
        let prefix = configuration is IConfigurationSection outer ? NameOf(outer.Path) + "__" : ""
        from setting in Of(property, section, property.PropertyType, options, prefix)
        select setting;

    /// <summary>The name of a property in the configuration, below its section.</summary>
    public static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    /// <summary>The type of the items; null when it is no list.</summary>
    public static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GenericTypeArguments[0]
            : null;

    public static bool IsSingleValue(Type type) => type == typeof(string) || type.IsValueType;

    public static string NameOf(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Why the text cannot be bound, and the correction; null when it can.</summary>
    public string? ReadingProblem() =>
        string.IsNullOrEmpty(Text) ? null
        : Text.StartsWith(SecretReference, StringComparison.OrdinalIgnoreCase)
            ? "Azure has not read this secret from the Key Vault. Check that the app has access to the vault and that "
                + "the secret exists, then restart the app."
        : IsConvertible(Text) ? null
        : Property.GetCustomAttribute<RangeAttribute>() is { } range ? range.FormatErrorMessage(Name)
        : Type.IsEnum
            ? $"use one of {string.Join(", ", Enum.GetNames(Type).Select(JsonNamingPolicy.CamelCase.ConvertName))}"
        : Type == typeof(bool) ? "write true or false"
        : "write a whole number";

    /// <summary>What the attributes of the property say about the bound value.</summary>
    public IEnumerable<string> ValueProblems(object owner) =>
        from attribute in Property.GetCustomAttributes<ValidationAttribute>()
        let context = new ValidationContext(owner) { MemberName = Property.Name }
        let result = attribute.GetValidationResult(IsListItem ? Text : Property.GetValue(owner), context)
        where result is not null
        select result.ErrorMessage;

    private static IEnumerable<Setting> Of(
        PropertyInfo property,
        IConfigurationSection section,
        Type type,
        object? owner,
        string prefix
    )
    {
        if (ItemType(type) is not { } item)
            return IsSingleValue(type)
                ? [new Setting(property, section, Nullable.GetUnderlyingType(type) ?? type, owner, prefix)]
                : Of(type, section, owner is null ? null : property.GetValue(owner));
        var items = owner is null ? [] : ((IEnumerable<object>)property.GetValue(owner)!).ToList();
        return section
            .GetChildren()
            .SelectMany(
                (child, i) =>
                    IsSingleValue(item)
                        ? [new Setting(property, child, item, owner, prefix)]
                        : Of(item, child, items.ElementAtOrDefault(i))
            );
    }

    /// <summary>As the binder converts it, apart from the numbers of an enum.</summary>
    public bool IsConvertible(string text)
    {
        if (Type.IsEnum)
            return Enum.GetNames(Type).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
        try
        {
            return TypeDescriptor.GetConverter(Type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception)
        {
            // Converters throw exceptions of many types.
            return false;
        }
    }
}
