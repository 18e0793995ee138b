using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace Dunning.Local.Sdk;

/// <summary>Reads the storage services' error bodies: JSON <c>odata.error</c> from tables, XML <c>Error</c> from queues.</summary>
internal sealed class StorageErrors : RequestFailedDetailsParser
{
    /// <summary>Where the official client keeps the index of the operation that failed a transaction.</summary>
    public const string FailedIndex = "FailedEntity";

    public static RequestFailedException From(Response response) => new(response, null, new StorageErrors());

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        var (code, message) = Body(response);
        if (response.Headers.TryGetValue("x-ms-error-code", out var header)) code = header;
        error = new ResponseError(code, message ?? response.ReasonPhrase);
        data = IndexIn(message) is { } index ? new Dictionary<string, string> { [FailedIndex] = index } : null;
        return code is not null || message is not null;
    }

    private static (string? Code, string? Message) Body(Response response)
    {
        if (response.ContentStream is not { CanSeek: true, Length: > 0 }) return default;
        var text = response.Content.ToString();
        try
        {
            return text.TrimStart('\uFEFF', ' ', '\r', '\n') switch
            {
                ['{', ..] json => OData(json),
                ['<', ..] xml => Xml(xml),
                _ => default,
            };
        }
        catch (Exception e) when (e is JsonException or System.Xml.XmlException or InvalidOperationException)
        {
            return default; // A proxy's page, say: the status alone has to do.
        }
    }

    private static (string?, string?) OData(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("odata.error", out var error)) return default;
        var message = error.TryGetProperty("message", out var said) && said.TryGetProperty("value", out var value) ? value.GetString() : null;
        return (error.TryGetProperty("code", out var code) ? code.GetString() : null, message);
    }

    private static (string?, string?) Xml(string xml)
    {
        var error = XDocument.Parse(xml).Root;
        return error?.Name.LocalName == "Error" ? (error.Element("Code")?.Value, error.Element("Message")?.Value) : default;
    }

    /// <summary>In a transaction the message begins with the operation's index: <c>2:The specified entity already exists.</c></summary>
    private static string? IndexIn(string? message)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var start = colon > 0 ? message![..colon] : null;
        return int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? start : null;
    }
}
