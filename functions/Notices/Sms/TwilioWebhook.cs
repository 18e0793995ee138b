using System.Text;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Notices.Sms;

/// <summary>The URLs that Twilio calls, and the verification of its requests.</summary>
public sealed class TwilioWebhook(SmsOptions options)
{
    /// <summary>Routes below <c>/api/twilio</c>.</summary>
    public const string Status = "status",
        Messages = "messages";

    private const int MaxBytes = 64 * 1024;

    /// <summary>Public base URL of the routes, as configured at Twilio; null when not set.</summary>
    private readonly Uri? _address = options.WebhookAddress is { Length: > 0 } address ? new Uri(address) : null;

    /// <summary>The account's auth tokens: two during a rotation.</summary>
    private readonly string[] _tokens =
    [
        .. new[] { options.AuthToken, options.AuthTokenNext }.OfType<string>().Where(token => token.Length > 0),
    ];

    /// <summary>
    /// Identifies the notice in the query, which the signature covers. Null when a callback could not be verified,
    /// because the address or the tokens are not set.
    /// </summary>
    public Uri? StatusCallback(Notice notice) =>
        _address is null || _tokens.Length == 0
            ? null
            : new Uri(
                _address,
                $"{Status}?customer={notice.CustomerId}&notice={Uri.EscapeDataString(notice.Id.Value)}"
            );

    /// <returns>The form fields, the first of each name; or the error response.</returns>
    public async Task<(IReadOnlyDictionary<string, string>? Form, ApiResult? Error)> ReadAsync(
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
                    "The media type is not supported",
                    "Send application/x-www-form-urlencoded."
                )
            );
        // The URL configured at Twilio: a proxy may have changed the request's URL.
        var url = _address is null ? "" : new Uri(_address, route).AbsoluteUri + request.QueryString.Value;
        var fields = Fields(body);
        if (!TwilioSignature.Verify(url, fields, request.Headers[TwilioSignature.HeaderName].ToString(), _tokens))
            return (
                null,
                ApiResult.Problem(
                    StatusCodes.Status401Unauthorized,
                    "bad-signature",
                    "The signature is invalid",
                    "Sign the URL, which begins with the setting Sms__WebhookAddress, and the form with the account's "
                        + "auth token."
                )
            );
        return (fields.GroupBy(f => f.Key).ToDictionary(f => f.Key, f => f.First().Value), null);
    }

    private static List<KeyValuePair<string, string>> Fields(byte[] body)
    {
        // The body's size is limited already. The reader's own lower limits would throw.
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
