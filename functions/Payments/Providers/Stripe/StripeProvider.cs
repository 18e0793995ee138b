using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>Stripe (docs.stripe.com/webhooks).</summary>
internal static class StripeProvider
{
    public const string Name = "stripe";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => [StripeEvents.Map(root)])
        {
            Signature = new(StripeSignature.Read, StripeSignature.Key, Mac.FromHex),
        };
}
