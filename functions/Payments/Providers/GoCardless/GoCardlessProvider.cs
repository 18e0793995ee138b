using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.GoCardless;

/// <summary>GoCardless (developer.gocardless.com). Its events hold only ids.</summary>
internal static class GoCardlessProvider
{
    public const string Name = "gocardless";

    private const string ApiVersion = "2015-07-06";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => GoCardlessEvents.Read(root))
        {
            Signature = new(BodySignature.FromHeader("Webhook-Signature"), BodySignature.TextKey, Mac.FromHex),
            NeedsApiToken = true,
            Api = new("https://api.gocardless.com/")
            {
                TestAddress = "https://api-sandbox.gocardless.com/",
                Headers = [("GoCardless-Version", ApiVersion)],
            },
            Complete = (webhookEvent, fetched, _) => GoCardlessEvents.Complete(webhookEvent, fetched),
        };
}
