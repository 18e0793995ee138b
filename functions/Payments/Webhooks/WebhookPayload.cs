using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads the fields of an event, which is signed but not trusted, by their dotted paths. A field that cannot be read
/// does not throw: the first problem is stored in <see cref="Problem"/>, and values read after it must not be used.
/// </summary>
internal sealed partial class WebhookPayload(JsonElement root)
{
    /// <summary>Longer than any provider's id. The limit is needed because ids become storage keys.</summary>
    private const int MaxIdLength = 255;

    /// <summary>The end of the year 9999.</summary>
    private const long MaxUnixSeconds = 253_402_300_799;

    public string? Problem { get; private set; }

    public void ReportProblem(string problem) => Problem ??= problem;

    /// <summary>Null for a missing field or JSON null. A number in the path is an index into an array.</summary>
    public JsonElement? Find(string path)
    {
        var element = root;
        foreach (var name in path.Split('.'))
        {
            if (
                element.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            )
            {
                if (index >= element.GetArrayLength())
                    return null;
                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>The elements of an array; none when it is missing or not an array.</summary>
    public IEnumerable<JsonElement> Items(string path) =>
        Find(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>Null for a missing or empty text.</summary>
    public string? Text(string path)
    {
        if (Find(path) is not { } value)
            return null;
        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can express and a string cannot hold.
        }
        ReportProblem($"{path} is not text");
        return null;
    }

    public string Required(string path) => Present(Text(path), path);

    /// <summary>
    /// A text, or the literal of a number, from a field that may hold anything. Null for any other value; that is no
    /// problem of the event.
    /// </summary>
    public string? TextOrNumber(string path)
    {
        try
        {
            return Find(path) is not { } value
                ? null
                : value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => null,
                };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An id, or the id of an object that is expanded in its place. Null when it is missing.</summary>
    public string? Id(string path)
    {
        var id = Text(Find(path) is { ValueKind: JsonValueKind.Object } ? path + ".id" : path);
        if (id?.Length > MaxIdLength)
            ReportProblem($"{path} is longer than {MaxIdLength} characters");
        return id;
    }

    public string RequiredId(string path) => Present(Id(path), path);

    /// <summary>
    /// A required id that becomes part of a URL: only ASCII letters, digits, hyphens and underscores are allowed.
    /// </summary>
    public string UrlSafeId(string path)
    {
        var id = RequiredId(path);
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            ReportProblem($"{path} is not an id");
        return id;
    }

    public long Integer(string path)
    {
        if (Find(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number))
            return number;
        ReportProblem($"{path} is not a whole number");
        return 0;
    }

    /// <param name="defaultValue">The value of a missing field; null when the field is required.</param>
    public bool Flag(string path, bool? defaultValue = null)
    {
        var value = Find(path);
        if (value?.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.Value.ValueKind == JsonValueKind.True;
        if (value is not null || defaultValue is null)
            ReportProblem($"{path} is not true or false");
        return defaultValue ?? true;
    }

    public DateTimeOffset UnixTime(string path)
    {
        var seconds = Integer(path);
        if (seconds is >= 0 and <= MaxUnixSeconds)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        ReportProblem($"{path} is not a time");
        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>
    /// An RFC 3339 time with an offset, converted to UTC. Fractions below the resolution of .NET (100 ns) are
    /// truncated.
    /// </summary>
    public DateTimeOffset Instant(string path)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var text = LongFraction().Replace(Required(path), "$1");
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
        var style = DateTimeStyles.AdjustToUniversal;
        if (hasOffset && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, style, out var time))
            return time;
        ReportProblem($"{path} is not a time such as 2026-01-05T09:00:00Z");
        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>The event that was read from these fields; without changes when there was a problem.</summary>
    public PaymentEvent OrProblem(PaymentEvent paymentEvent) =>
        Problem is null ? paymentEvent : paymentEvent with { Changes = [], Problem = Problem, Fetch = null };

    private string Present(string? text, string path)
    {
        if (text is null)
            ReportProblem($"{path} is missing");
        return text ?? "";
    }

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex LongFraction();
}
