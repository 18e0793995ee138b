using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads the fields of a signed but not trusted event, each by its dotted path. What cannot be read is noted and not
/// thrown: the first <see cref="Problem"/> stays, and the answers after it mean nothing.
/// </summary>
internal sealed partial class WebhookPayload(JsonElement root)
{
    /// <summary>Longer than any provider's id; ids become storage keys.</summary>
    private const int MaxIdLength = 255;

    /// <summary>The end of the year 9999.</summary>
    private const long LastUnixSecond = 253_402_300_799;

    public string? Problem { get; private set; }

    public void Refuse(string problem) => Problem ??= problem;

    /// <summary>Null for what is missing or JSON's null. A number in the path is a place in a list.</summary>
    public JsonElement? Find(string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (
                at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            )
            {
                if (place >= at.GetArrayLength())
                    return null;
                at = at[place];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }
        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    /// <summary>The elements of a list; none for what is missing or no list.</summary>
    public IEnumerable<JsonElement> Items(string path) =>
        Find(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Null for what is missing or empty.</summary>
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
            // Half of a surrogate pair, which JSON can spell and no text can hold.
        }
        Refuse($"{path} is not text");
        return null;
    }

    public string Required(string path) => Present(Text(path), path);

    /// <summary>
    /// Text or the digits of a number, from a place that its sender may fill with anything: what is neither is passed
    /// over.
    /// </summary>
    public string? Loose(string path)
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

    /// <summary>An id, or the id of the object that stands expanded in its place. Null for what is missing.</summary>
    public string? Id(string path)
    {
        var id = Text(Find(path) is { ValueKind: JsonValueKind.Object } ? path + ".id" : path);
        if (id?.Length > MaxIdLength)
            Refuse($"{path} is longer than {MaxIdLength} characters");
        return id;
    }

    public string RequiredId(string path) => Present(Id(path), path);

    /// <summary>An id that becomes a part of an address: letters, digits, hyphens and underscores.</summary>
    public string AddressableId(string path)
    {
        var id = RequiredId(path);
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            Refuse($"{path} is not an id");
        return id;
    }

    public long Whole(string path)
    {
        if (Find(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number))
            return number;
        Refuse($"{path} is not a whole number");
        return 0;
    }

    /// <param name="absent">What a missing field means; null when it may not be missing.</param>
    public bool Flag(string path, bool? absent = null)
    {
        var value = Find(path);
        if (value?.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.Value.ValueKind == JsonValueKind.True;
        if (value is not null || absent is null)
            Refuse($"{path} is not true or false");
        return absent ?? true;
    }

    public DateTimeOffset UnixTime(string path)
    {
        var seconds = Whole(path);
        if (seconds is >= 0 and <= LastUnixSecond)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        Refuse($"{path} is not a time");
        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>An RFC 3339 time with its offset, in UTC. A fraction beyond what .NET counts (100 ns) is cut.</summary>
    public DateTimeOffset Instant(string path)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var text = LongFraction().Replace(Required(path), "$1");
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
        var style = DateTimeStyles.AdjustToUniversal;
        if (hasOffset && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, style, out var time))
            return time;
        Refuse($"{path} is not a time such as 2026-01-05T09:00:00Z");
        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>What has been read with these fields, or the problem in its place.</summary>
    public PaymentEvent OrProblem(PaymentEvent read) =>
        Problem is null ? read : read with { Facts = [], Problem = Problem, Fetch = null };

    private string Present(string? text, string path)
    {
        if (text is null)
            Refuse($"{path} is missing");
        return text ?? "";
    }

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex LongFraction();
}
