namespace Dunning.Payments.Webhooks;

/// <summary>
/// A webhook as it came over the wire: header names compare without case, the body is the untouched bytes.
/// </summary>
public sealed class WebhookRequest
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="headers">
    /// A name that occurs several times is joined with a comma, as HTTP does (RFC 9110, 5.3).
    /// </param>
    /// <param name="url">
    /// The address that the provider was given, from the settings: a proxy may have changed the request's own.
    /// </param>
    public WebhookRequest(
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        string? url = null
    )
    {
        foreach (var (name, value) in headers)
            _headers[name] = _headers.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        Body = body;
        Url = url;
    }

    public ReadOnlyMemory<byte> Body { get; }

    public string? Url { get; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);
}
