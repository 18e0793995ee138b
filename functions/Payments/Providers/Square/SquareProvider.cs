using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Square;

/// <summary>Square, which signs the URL and the body (developer.squareup.com/docs/webhooks).</summary>
internal static class SquareProvider
{
    public const string Name = "square";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => [SquareEvents.Map(root)])
        {
            Signature = new(SquareSignature.Read, BodySignature.TextKey, Mac.FromBase64),
            NeedsUrl = true,
        };
}
