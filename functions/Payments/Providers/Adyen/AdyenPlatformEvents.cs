using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's platform webhooks tell of accounts and transfers, none of which is about an invoice: kept, without effect.
/// </summary>
internal static class AdyenPlatformEvents
{
    public static PaymentEvent Map(JsonElement root, string id)
    {
        var fields = new WebhookPayload(root);
        return fields.OrProblem(
            new PaymentEvent(
                id,
                fields.RequiredId("type"),
                fields.Instant("timestamp"),
                Live: fields.Loose("environment") != "test",
                []
            )
        );
    }
}
