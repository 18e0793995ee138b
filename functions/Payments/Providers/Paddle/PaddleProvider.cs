using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Paddle;

/// <summary>Paddle Billing (developer.paddle.com/webhooks).</summary>
internal static class PaddleProvider
{
    public const string Name = "paddle";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => [PaddleEvents.Map(root)])
        {
            Signature = new(PaddleSignature.Read, BodySignature.TextKey, Mac.FromHex),
        };
}
