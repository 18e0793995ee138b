namespace Dunning.Payments.Webhooks;

/// <summary>
/// How a provider signs with HMAC-SHA256: the MAC is taken over a prefix of the provider's making, followed by the raw
/// body. A further provider of this shape is one more row in <see cref="WebhookSignatures"/>.
/// </summary>
/// <param name="Read">What the request claims: every one of it has to hold, and nothing is no signature.</param>
/// <param name="Key">The key's bytes in a configured secret, or null when the secret is not one.</param>
/// <param name="Decode">The MAC in one signature text, or null when the text is not exactly one.</param>
internal sealed record SignatureScheme(
    Func<WebhookRequest, IReadOnlyList<SignatureClaim>> Read,
    Func<string, byte[]?> Key,
    Func<string, byte[]?> Decode
)
{
    public SignatureScheme(
        Func<WebhookRequest, SignatureClaim?> read,
        Func<string, byte[]?> key,
        Func<string, byte[]?> decode
    )
        : this(request => read(request) is { } claim ? [claim] : [], key, decode) { }
}

/// <summary>What one signature of a request claims.</summary>
/// <param name="Prefix">The signed text in front of the body, made of the header text as it was sent.</param>
/// <param name="Timestamp">Unix seconds as they were sent, or null for a provider that signs no time.</param>
/// <param name="Signatures">Any one of them may match: a provider sends several while a secret is rolled.</param>
/// <param name="CoversBody">False where the prefix is all that is signed.</param>
internal sealed record SignatureClaim(
    string Prefix,
    string? Timestamp,
    IReadOnlyList<string> Signatures,
    bool CoversBody = true
);
