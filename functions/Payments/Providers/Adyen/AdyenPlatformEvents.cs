using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's platform webhooks report accounts and transfers, which are not about invoices: saved without effect.
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
                Live: fields.TextOrNumber("environment") != "test",
                []
            )
        );
    }
}
