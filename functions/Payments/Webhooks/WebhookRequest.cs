namespace Dunning.Payments.Webhooks;

/// <summary>
/// A webhook as it was received: header names are case-insensitive, the body is the unchanged bytes.
/// </summary>
public sealed class WebhookRequest
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="headers">
    /// The values of a repeated header are joined with a comma (RFC 9110, 5.3).
    /// </param>
    /// <param name="url">
    /// The address that is configured at the provider, from the settings: a proxy may have changed the request's own.
    /// </param>
    public WebhookRequest(
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        string? url = null
    )
    {
        foreach (var (name, value) in headers)
            _headers[name] = _headers.TryGetValue(name, out var previous) ? $"{previous},{value}" : value;
        Body = body;
        Url = url;
    }

    public ReadOnlyMemory<byte> Body { get; }

    public string? Url { get; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);
}
