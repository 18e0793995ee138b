using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>PayPal, which signs with a certificate (developer.paypal.com, webhooks).</summary>
internal static class PayPalProvider
{
    public const string Name = "paypal";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, request) => [PayPalEvents.Map(root, request)])
        {
            SignsByCertificate = true,
            NeedsWebhookId = true,
        };
}
