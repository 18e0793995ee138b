using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>
/// Reads values from one XML element by path. Problems name the fields of the JSON contract, whatever the format.
/// </summary>
internal sealed class XmlFields(XElement element, IXmlNamespaceResolver prefixes, ValidationErrors errors)
{
    public ValidationErrors Errors => errors;

    public T Required<T>(string pointer, string paths, FieldRule<T> rule)
    {
        if (Find(paths) is { } found)
            return Take(pointer, found, rule).Value!;
        errors.Refuse(pointer, new FieldError("required", $"this field is required; it is read at {paths}"));
        return default!;
    }

    public bool Has(string paths) => Find(paths) is not null;

    /// <summary>The value where the rule accepts it; anything else reads as nothing, without a warning.</summary>
    public string? Optional(string paths, FieldRule<string> rule) =>
        Find(paths) is { } found ? rule.Check(found.Value.Trim()).Value : null;

    /// <inheritdoc cref="Optional"/>
    public T? Value<T>(string paths, FieldRule<T> rule)
        where T : struct => Find(paths) is { } found ? rule.Check(found.Value.Trim()).OrNull() : null;

    /// <summary>For fields that reminders do not need: an invalid value is left out with a warning.</summary>
    public string? OptionalOrWarn(string pointer, string paths, FieldRule<string> rule) =>
        Find(paths) is { } found ? OptionalOrWarn(pointer, found, rule).Value : null;

    public T? OptionalOrWarn<T>(string pointer, string paths, FieldRule<T> rule)
        where T : struct => Find(paths) is { } found ? OptionalOrWarn(pointer, found, rule).OrNull() : null;

    /// <summary>All values at the first path that finds text.</summary>
    public IReadOnlyList<T> All<T>(string pointer, string paths, FieldRule<T> rule)
        where T : struct => [.. FindAll(paths).Select(found => Take(pointer, found, rule).OrNull()).OfType<T>()];

    /// <summary>The bytes of an element in Base64; null without any, and for other text.</summary>
    public byte[]? Binary(string path)
    {
        try
        {
            return Find(path) is { } found ? Convert.FromBase64String(found.Value) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The value of an attribute; null where it is missing or the rule does not accept it.</summary>
    public string? Attribute(string path, string name, FieldRule<string> rule) =>
        (string?)Find(path)?.Attribute(name) is { Length: > 0 } value ? rule.Check(value).Value : null;

    /// <summary>The fields of one descendant; if it is missing, of an empty element.</summary>
    public XmlFields At(string path) =>
        Each(path).FirstOrDefault() ?? new XmlFields(new XElement("missing"), prefixes, errors);

    public IEnumerable<XmlFields> Each(string path) =>
        element.XPathSelectElements(path, prefixes).Select(found => new XmlFields(found, prefixes, errors));

    /// <summary>The <c>currencyID</c> of the first amount found.</summary>
    public string? CurrencyOf(string paths) => (string?)Find(paths)?.Attribute("currencyID");

    private XElement? Find(string paths) => FindAll(paths).FirstOrDefault();

    private IEnumerable<XElement> FindAll(string paths) =>
        paths
            .Split(" else ")
            .Select(path =>
                element
                    .XPathSelectElements(path, prefixes)
                    .Where(found => !string.IsNullOrWhiteSpace(InvisibleCharacters.Remove(found.Value)))
            )
            .FirstOrDefault(found => found.Any(), []);

    private ParseResult<T> Take<T>(string pointer, XElement found, FieldRule<T> rule)
    {
        var result = rule.Check(found.Value.Trim());
        if (result.Error is { } error)
            errors.Refuse(pointer, error);
        return result;
    }

    private ParseResult<T> OptionalOrWarn<T>(string pointer, XElement found, FieldRule<T> rule)
    {
        var result = rule.Check(found.Value.Trim());
        if (result.Error is { } error)
            errors.LeaveOut(pointer, error);
        return result;
    }
}
