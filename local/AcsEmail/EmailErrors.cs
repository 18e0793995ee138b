using System.Text.Json;
using Azure.Core;

namespace Azure.Communication.Email;

/// <summary>Reads responses of the Email service: <c>{"id","status","error":{"code","message"}}</c>.</summary>
internal sealed class EmailErrors : RequestFailedDetailsParser
{
    public static RequestFailedException From(Response response) => new(response, null, new EmailErrors());

    public static EmailSendStatus StatusIn(Response response)
    {
        using var json = JsonDocument.Parse(response.Content);
        return new EmailSendStatus(json.RootElement.GetProperty("status").GetString()!);
    }

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        var (code, message) = Body(response);
        if (response.Headers.TryGetValue("x-ms-error-code", out var header))
            code = header;
        error = new ResponseError(code, message ?? response.ReasonPhrase);
        return code is not null || message is not null;
    }

    private static (string? Code, string? Message) Body(Response response)
    {
        try
        {
            using var json = JsonDocument.Parse(response.Content);
            return json.RootElement.TryGetProperty("error", out var error)
                ? (Text(error, "code"), Text(error, "message"))
                : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default; // For example the HTML page of a proxy: only the HTTP status is known.
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) ? value.GetString() : null;
}
