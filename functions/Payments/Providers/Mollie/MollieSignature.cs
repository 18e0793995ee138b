using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// <c>X-Mollie-Signature</c>: hex of the body's MAC, with or without <c>sha256=</c>; the header may occur several
/// times.
/// </summary>
internal static class MollieSignature
{
    private const string Prefix = "sha256=";

    public static SignatureClaim? Read(WebhookRequest request) =>
        request.Header("X-Mollie-Signature") is { Length: > 0 } signatures
            ? new("", Timestamp: null, [.. signatures.Split(',', StringSplitOptions.TrimEntries).Select(WithoutPrefix)])
            : null;

    private static string WithoutPrefix(string signature) =>
        signature.StartsWith(Prefix, StringComparison.Ordinal) ? signature[Prefix.Length..] : signature;
}
