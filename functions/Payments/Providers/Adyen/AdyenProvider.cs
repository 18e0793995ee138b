using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>Adyen, standard webhooks, with automatic capture (docs.adyen.com).</summary>
internal static class AdyenProvider
{
    public const string Name = "adyen";

    /// <summary>
    /// The response that Adyen requires; without it Adyen holds back later webhooks (docs.adyen.com, "Accept
    /// webhooks").
    /// </summary>
    internal const string Response = "[accepted]";

    internal static SignatureScheme Signature { get; } = new(AdyenSignature.Read, BodySignature.HexKey, Mac.FromBase64);

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => AdyenEvents.Read(root, manualCapture: false))
        {
            Signature = Signature,
            ResponseText = Response,
        };
}
