using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.StandardWebhooks;

/// <summary>Any sender that follows standardwebhooks.com, and bank imports.</summary>
internal static class StandardWebhooksProvider
{
    public const string Name = "standard-webhooks";

    public static PaymentProvider Registration { get; } =
        new(
            Name,
            (root, id, _) =>
                root.ValueKind == JsonValueKind.Array
                    ? [.. root.EnumerateArray().Select((element, i) => StandardEvents.Map(element, $"{id}#{i}"))]
                    : [StandardEvents.Map(root, id)]
        )
        {
            Signature = new(StandardSignature.Read, StandardSignature.Key, Mac.FromBase64),
            DeliveryId = StandardSignature.Id,
            // Ids are unique for their sender only; those of a payment processor are unique among all its accounts.
            HasUniqueIds = false,
            AllocatesPayments = true,
        };
}
