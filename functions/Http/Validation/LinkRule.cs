using System.Buffers;

namespace Dunning.Http.Validation;

internal static class LinkRule
{
    private const int MaxLength = 2048;

    /// <summary>
    /// The characters that RFC 3986 allows in a URL; none of them can end an HTML attribute in double quotes.
    /// </summary>
    private static readonly SearchValues<char> _urlCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
    );

    /// <summary>
    /// Kept unchanged, because payment links may be signed. Whether the host is allowed is checked elsewhere.
    /// </summary>
    public static readonly FieldRule<string> HttpsUrl = new(text =>
        text.Trim() switch
        {
            { Length: > MaxLength } => new FieldError("too_long", $"a URL has at most {MaxLength} characters"),
            var url when !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => new FieldError(
                "not_https",
                "use a URL that begins with https://"
            ),
            var url
                when url.AsSpan().ContainsAnyExcept(_urlCharacters) || !Uri.TryCreate(url, UriKind.Absolute, out _) =>
                new FieldError("not_a_url", "send a complete URL and percent-encode special characters"),
            var url when new Uri(url).UserInfo.Length > 0 => new FieldError(
                "has_user_info",
                "remove the user name and password in front of the host"
            ),
            var url => url,
        }
    );

    /// <summary>An address of our own configuration, which may be a stand-in without TLS.</summary>
    public static readonly FieldRule<string> WebAddress = new(text =>
        IsWeb(text) ? text.Trim() : new FieldError("not_an_address", "write a URL such as https://example.com/")
    );

    /// <summary>Like <see cref="WebAddress"/>, to which paths are appended.</summary>
    public static readonly FieldRule<string> BaseAddress = new(text =>
        IsWeb(text) && text.Trim().EndsWith('/')
            ? text.Trim()
            : new FieldError("not_an_address", "write an http or https URL that ends with a slash")
    );

    /// <summary>Only a host name, without scheme and path.</summary>
    public static readonly FieldRule<string> HostName = new(text =>
        Uri.CheckHostName(text.Trim()) is UriHostNameType.Dns
            ? text.Trim()
            : new FieldError("not_a_host", "write only the host name, such as pay.example.com")
    );

    public static bool IsWeb(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
