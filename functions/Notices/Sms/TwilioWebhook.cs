using System.Text;
using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Notices.Sms;

/// <summary>What Twilio tells us: where it is told to, and whether it is Twilio who tells.</summary>
/// <param name="address">
/// The public address of the routes below, as Twilio knows it, with a slash at the end; null where none is set.
/// </param>
/// <param name="tokens">The account's auth tokens: two while one is replaced.</param>
public sealed class TwilioWebhook(Uri? address, IReadOnlyList<string> tokens)
{
    /// <summary>Routes below <c>/api/twilio</c>.</summary>
    public const string Status = "status",
        Messages = "messages";

    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// Names the notice, so that the answer finds it; the signature covers the query. Null when no answer could be
    /// checked.
    /// </summary>
    public Uri? StatusCallback(Notice notice) =>
        address is null || tokens.Count == 0
            ? null
            : new Uri(
                address,
                $"{Status}?customer={Uri.EscapeDataString(notice.CustomerId)}&notice={Uri.EscapeDataString(notice.Id)}"
            );

    /// <returns>The form's fields, each once; or why the request is refused.</returns>
    public async Task<(IReadOnlyDictionary<string, string>? Form, ApiResult? Refusal)> ReadAsync(
        HttpRequest request,
        string route,
        CancellationToken cancellationToken
    )
    {
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
            return (null, RequestBody.TooLarge(MaxBytes));
        if (RequestBody.MediaType(request) != "application/x-www-form-urlencoded")
            return (
                null,
                ApiResult.Problem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "The media type is not read here",
                    "Send a form."
                )
            );
        // The address as it was given to Twilio: a proxy may have changed the request's own.
        var url = address is null ? "" : new Uri(address, route).AbsoluteUri + request.QueryString.Value;
        var fields = Fields(body);
        if (!TwilioSignature.Verify(url, fields, request.Headers[TwilioSignature.HeaderName].ToString(), tokens))
            return (
                null,
                ApiResult.Problem(
                    StatusCodes.Status401Unauthorized,
                    "bad-signature",
                    "The signature is not right",
                    "It must be made over the address in Sms__WebhookAddress and the form, with the account's "
                        + "auth token."
                )
            );
        return (fields.GroupBy(f => f.Key).ToDictionary(f => f.Key, f => f.First().Value), null);
    }

    private static List<KeyValuePair<string, string>> Fields(byte[] body)
    {
        // The body is bounded; the reader's own limits throw.
        using var form = new FormReader(Encoding.UTF8.GetString(body))
        {
            KeyLengthLimit = MaxBytes,
            ValueLengthLimit = MaxBytes,
        };
        List<KeyValuePair<string, string>> fields = [];
        while (form.ReadNextPair() is { } pair)
            fields.Add(pair);
        return fields;
    }
}
