using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Xero;

/// <summary>
/// Xero. A stub: deliveries are verified and stored, and each event about money is listed for a person, because nothing
/// reads from Xero's API what the event does not contain.
/// </summary>
internal static class XeroProvider
{
    public const string Name = "xero";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, id, _) => XeroEvents.Read(root, id))
        {
            Signature = new(BodySignature.FromHeader("x-xero-signature"), BodySignature.TextKey, Mac.FromBase64),
            // The "intent to receive" requires a response without body and cookies.
            ResponseText = "",
        };
}
