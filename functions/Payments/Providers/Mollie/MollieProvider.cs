using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>Mollie: signed webhooks (docs.mollie.com/reference/webhooks-new).</summary>
internal static class MollieProvider
{
    public const string Name = "mollie";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => [MollieEvents.Map(root)])
        {
            Signature = new(MollieSignature.Read, BodySignature.TextKey, Mac.FromHex),
            Api = Api,
            Complete = (webhookEvent, fetched, _) => MollieEvents.Complete(webhookEvent, fetched),
        };

    internal static ProviderApi Api => new("https://api.mollie.com/v2/");
}
