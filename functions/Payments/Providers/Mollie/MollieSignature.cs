using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// <c>X-Mollie-Signature</c>: the MAC of the body in hex, with or without the prefix <c>sha256=</c>; the header may be
/// repeated.
/// </summary>
internal static class MollieSignature
{
    private const string Prefix = "sha256=";

    public static RequestSignature? Read(WebhookRequest request) =>
        request.Header("X-Mollie-Signature") is { Length: > 0 } signatures
            ? new("", Timestamp: null, [.. signatures.Split(',', StringSplitOptions.TrimEntries).Select(WithoutPrefix)])
            : null;

    private static string WithoutPrefix(string signature) =>
        signature.StartsWith(Prefix, StringComparison.Ordinal) ? signature[Prefix.Length..] : signature;
}
