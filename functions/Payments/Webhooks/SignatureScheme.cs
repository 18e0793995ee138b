namespace Dunning.Payments.Webhooks;

/// <summary>
/// How a provider signs with HMAC-SHA256: the MAC covers a prefix, which differs by provider, followed by the raw body.
/// </summary>
/// <param name="Read">The signatures of the request. All must be valid; none means that it is not signed.</param>
/// <param name="Key">The key bytes of a configured secret; null when the secret is malformed.</param>
/// <param name="Decode">The MAC in a signature text; null when the text is malformed.</param>
internal sealed record SignatureScheme(
    Func<WebhookRequest, IReadOnlyList<RequestSignature>> Read,
    Func<string, byte[]?> Key,
    Func<string, byte[]?> Decode
)
{
    public SignatureScheme(
        Func<WebhookRequest, RequestSignature?> read,
        Func<string, byte[]?> key,
        Func<string, byte[]?> decode
    )
        : this(request => read(request) is { } signature ? [signature] : [], key, decode) { }
}

/// <summary>One signature of a request, as its headers or body state it.</summary>
/// <param name="Prefix">The signed text before the body, made of the header values as they were sent.</param>
/// <param name="Timestamp">Unix seconds as they were sent; null for a provider that signs no time.</param>
/// <param name="Macs">
/// The encoded MACs, one of which must match: while a secret is rotated, a provider sends one for each secret.
/// </param>
/// <param name="CoversBody">False when only the prefix is signed.</param>
internal sealed record RequestSignature(
    string Prefix,
    string? Timestamp,
    IReadOnlyList<string> Macs,
    bool CoversBody = true
);
