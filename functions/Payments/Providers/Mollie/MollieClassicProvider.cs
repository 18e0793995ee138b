using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// Mollie's classic webhooks hold only the id of a payment and are not signed. A sender who knows the endpoint's key
/// can only cause a payment to be read from Mollie's API.
/// </summary>
internal static class MollieClassicProvider
{
    public const string Name = "mollie-classic";

    public static PaymentProvider Registration { get; } =
        new(Name, MollieClassicEvents.Read)
        {
            IsUnsigned = true,
            NeedsApiToken = true,
            HasNoEventIds = true,
            LedgerName = MollieProvider.Name,
            Api = MollieProvider.Api,
            Complete = MollieClassicEvents.Complete,
        };
}
