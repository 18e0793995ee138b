using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.QuickBooks;

/// <summary>
/// QuickBooks Online. A stub: deliveries are verified and stored, and each event about money is listed for a person,
/// because nothing reads from the API of QuickBooks what the event does not contain.
/// </summary>
internal static class QuickBooksProvider
{
    public const string Name = "quickbooks";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, id, _) => QuickBooksEvents.Read(root, id))
        {
            Signature = new(BodySignature.FromHeader("intuit-signature"), BodySignature.TextKey, Mac.FromBase64),
        };
}
