using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>Adyen, standard webhooks, where an authorisation is captured later.</summary>
internal static class AdyenManualCaptureProvider
{
    public const string Name = "adyen-manual-capture";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => AdyenEvents.Read(root, manualCapture: true))
        {
            Signature = AdyenProvider.Signature,
            ResponseText = AdyenProvider.Response,
            LedgerName = AdyenProvider.Name,
        };
}
