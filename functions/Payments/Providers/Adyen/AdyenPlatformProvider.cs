using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>Adyen for Platforms: transfers (docs.adyen.com/api-explorer/transfer-webhooks).</summary>
internal static class AdyenPlatformProvider
{
    public const string Name = "adyen-platform";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, id, _) => [AdyenPlatformEvents.Map(root, id)])
        {
            Signature = new(BodySignature.FromHeader("HmacSignature"), BodySignature.HexKey, Mac.FromBase64),
            ResponseText = AdyenProvider.Response,
        };
}
