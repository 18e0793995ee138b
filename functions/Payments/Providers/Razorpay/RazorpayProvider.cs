using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Razorpay;

/// <summary>Razorpay (razorpay.com/docs/webhooks).</summary>
internal static class RazorpayProvider
{
    public const string Name = "razorpay";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, id, _) => [RazorpayEvents.Map(root, id)])
        {
            Signature = new(BodySignature.FromHeader("X-Razorpay-Signature"), BodySignature.TextKey, Mac.FromHex),
        };
}
