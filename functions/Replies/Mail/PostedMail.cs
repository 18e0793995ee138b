using System.Text;
using System.Text.Json;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Dunning.Replies.Mail;

/// <summary>
/// The email in the body of a request. Besides the message itself these are read: SendGrid Inbound Parse with "POST the
/// raw, full MIME message" (field <c>email</c>; docs.sendgrid.com), Mailgun Routes with an address that ends with
/// <c>mime</c> (field <c>body-mime</c>; documentation.mailgun.com, "Receiving messages via HTTP") and Postmark with
/// "Include raw email content in JSON payload" (field <c>RawEmail</c>; postmarkapp.com/developer/webhooks).
/// </summary>
/// <param name="Pointer">Of the field with the message; "#" for the whole body.</param>
/// <param name="Fields">Of a form, the short ones.</param>
internal sealed record PostedMail(byte[] Raw, string Pointer, IReadOnlyDictionary<string, string> Fields)
{
    public const string InvalidTitle = "The email cannot be read";
    public const string Mailgun = "body-mime";

    private const string SendGrid = "email";
    private const string Postmark = "RawEmail";
    private const int MaxFields = 100;
    private const int MaxField = 4096;
    private static readonly Dictionary<string, string> _none = [];

    public static async Task<(PostedMail? Mail, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return RequestBody.MediaType(request) switch
            {
                "message/rfc822" => (new PostedMail(body, "#", _none), null),
                "application/json" => Json(body),
                "application/x-www-form-urlencoded" => Form(FormFields(body)),
                "multipart/form-data" => Form(await PartsAsync(request, body, cancellationToken)),
                _ => (null, Unsupported),
            };
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return (null, Missing("#", "send a complete form with at most 100 fields"));
        }
    }

    private static (PostedMail?, ApiResult?) Json(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty(Postmark, out var raw)
                && raw.ValueKind is JsonValueKind.String
                ? (new PostedMail(Encoding.UTF8.GetBytes(raw.GetString()!), $"#/{Postmark}", _none), null)
                : (null, Missing($"#/{Postmark}", "have Postmark include the raw email content"));
        }
        // Text with half a surrogate pair is no text.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return (null, Missing("#", "send JSON in UTF-8"));
        }
    }

    private static (PostedMail?, ApiResult?) Form(IReadOnlyDictionary<string, byte[]> fields)
    {
        var texts = fields
            .Where(field => field.Value.Length <= MaxField)
            .ToDictionary(field => field.Key, field => Encoding.UTF8.GetString(field.Value));
        foreach (var name in new[] { Mailgun, SendGrid })
        {
            if (fields.TryGetValue(name, out var raw))
                return (new PostedMail(raw, $"#/{name}", texts), null);
        }
        return (
            null,
            Missing($"#/{SendGrid}", "have SendGrid post the raw message, or Mailgun an address that ends with mime")
        );
    }

    private static Dictionary<string, byte[]> FormFields(byte[] body)
    {
        using var form = new FormReader(Encoding.UTF8.GetString(body))
        {
            KeyLengthLimit = MaxField,
            ValueLengthLimit = MailIntake.MaxBytes,
            ValueCountLimit = MaxFields,
        };
        return form.ReadForm().ToDictionary(field => field.Key, field => Encoding.UTF8.GetBytes(field.Value[0] ?? ""));
    }

    private static async Task<Dictionary<string, byte[]>> PartsAsync(
        HttpRequest request,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, byte[]> fields = [];
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary
        )
            return fields;
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        for (
            var count = 0;
            count < MaxFields && await reader.ReadNextSectionAsync(cancellationToken) is { } section;
            count++
        )
        {
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, cancellationToken);
            if (section.AsFormDataSection()?.Name is { Length: > 0 } name)
                fields.TryAdd(name, content.ToArray());
        }
        return fields;
    }

    private static ApiResult Missing(string pointer, string correction) =>
        ApiResult.Invalid(InvalidTitle, [new(pointer, "required", correction)]);

    private static ApiResult Unsupported =>
        ApiResult.Problem(
            StatusCodes.Status415UnsupportedMediaType,
            "unsupported-media-type",
            "The media type is not supported",
            "Send the email as message/rfc822, or let SendGrid, Mailgun or Postmark post the raw message."
        );
}
