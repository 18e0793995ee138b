using System.Text.Json;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Http;

/// <summary>
/// Reads one JSON object field by field. An invalid or missing field gives null or the default value and adds its
/// problem to the validation errors. Fields that were never read are reported as unknown.
/// </summary>
internal sealed partial class JsonFields
{
    private readonly HashSet<string> _readNames = new(StringComparer.Ordinal);
    private readonly JsonElement _json;
    private readonly string _pointer;
    private readonly ValidationErrors _errors;

    private JsonFields(JsonElement json, string pointer, ValidationErrors errors) =>
        (_json, _pointer, _errors) = (json, pointer, errors);

    public ValidationErrors Errors => _errors;

    /// <summary>The object's position.</summary>
    public string Pointer => _pointer;

    /// <param name="pointer">The object's position, as an RFC 6901 pointer in a fragment.</param>
    public static T? Read<T>(JsonElement json, string pointer, ValidationErrors errors, Func<JsonFields, T> read)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Refuse(pointer, Expected("a JSON object"));
            return default;
        }
        var fields = new JsonFields(json, pointer, errors);
        var value = read(fields);
        foreach (var name in fields.UnreadNames().Take(ValidationErrors.Limit))
            errors.Unknown($"{pointer}/{JsonPointer.Escape(name)}", DidYouMean.Nearest(name, fields._readNames));
        return value;
    }

    public T Required<T>(string name, FieldRule<T> rule) =>
        Find(name, required: true) is { } json ? Take(At(name), json, rule).Value! : default!;

    public T Required<T>(string name, Func<JsonFields, T> read)
        where T : class => Find(name, required: true) is { } json ? Read(json, At(name), _errors, read)! : null!;

    public string? Optional(string name, FieldRule<string> rule) =>
        Find(name) is { } json ? Take(At(name), json, rule).Value : null;

    public T? Optional<T>(string name, FieldRule<T> rule)
        where T : struct => Find(name) is { } json ? Take(At(name), json, rule).OrNull() : null;

    /// <summary>For fields that do not decide what is owed: an invalid value is left out, with a warning.</summary>
    public string? OptionalOrWarn(string name, FieldRule<string> rule) =>
        Find(name) is { } json ? TakeOrWarn(name, json, rule).Value : null;

    /// <inheritdoc cref="OptionalOrWarn(string, FieldRule{string})"/>
    public T? OptionalOrWarn<T>(string name, FieldRule<T> rule)
        where T : struct => Find(name) is { } json ? TakeOrWarn(name, json, rule).OrNull() : null;

    /// <summary>A field that another reader reads, and checks.</summary>
    public JsonElement? Raw(string name, bool required) => Find(name, required);

    /// <summary>True for a field with a value, valid or not.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>
    /// True for null and the empty list: the source removes what it sent before. An empty string is no removal, because
    /// form tools such as Zapier send every field.
    /// </summary>
    public bool IsRemoved(string name) =>
        _json.TryGetProperty(name, out var field)
        && (
            field.ValueKind == JsonValueKind.Null
            || field is { ValueKind: JsonValueKind.Array } && field.GetArrayLength() == 0
        );

    /// <summary>True for a field that holds a JSON object.</summary>
    public bool IsObject(string name) => Find(name) is { ValueKind: JsonValueKind.Object };

    public T? Optional<T>(string name, Func<JsonFields, T> read)
        where T : class => Find(name) is { } json ? Read(json, At(name), _errors, read) : null;

    public void Refuse(string name, FieldError error) => _errors.Refuse(At(name), error);

    /// <summary>
    /// Null and strings that show nothing count as absent, because form tools such as Zapier send every field.
    /// </summary>
    private JsonElement? Find(string name, bool required = false)
    {
        _readNames.Add(name);
        if (_json.TryGetProperty(name, out var field) && !IsAbsent(field))
            return field;
        if (required)
            Refuse(name, new FieldError("required", "this field is required"));
        return null;
    }

    private ParseResult<T> Take<T>(string pointer, JsonElement json, FieldRule<T> rule)
    {
        var result = Parse(json, rule);
        if (result.Error is { } error)
            _errors.Refuse(pointer, error);
        return result;
    }

    private ParseResult<T> TakeOrWarn<T>(string name, JsonElement json, FieldRule<T> rule)
    {
        var result = Parse(json, rule);
        if (result.Error is { } error)
            _errors.LeaveOut(At(name), error);
        return result;
    }

    private static ParseResult<T> Parse<T>(JsonElement json, FieldRule<T> rule) =>
        json.ValueKind switch
        {
            JsonValueKind.String => rule.Check(json.GetString()!),
            JsonValueKind.Number when rule.Literal == Literal.Number => rule.Check(json.GetRawText()),
            JsonValueKind.True or JsonValueKind.False when rule.Literal == Literal.Boolean => rule.Check(
                json.GetRawText()
            ),
            _ => Expected(
                rule.Literal switch
                {
                    Literal.Number => "a string or a number",
                    Literal.Boolean => "true or false",
                    _ => "a string in double quotes",
                }
            ),
        };

    private IEnumerable<string> UnreadNames() =>
        _json.EnumerateObject().Select(field => field.Name).Where(name => !_readNames.Contains(name));

    private string At(string name) => $"{_pointer}/{name}";

    private static bool IsAbsent(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null
        || (
            json.ValueKind == JsonValueKind.String
            && string.IsNullOrWhiteSpace(InvisibleCharacters.Remove(json.GetString()!))
        );

    private static FieldError Expected(string type) => new("wrong_type", $"send {type}");
}
