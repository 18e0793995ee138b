using System.Collections.Frozen;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers;

/// <summary>The supported payment providers, by their names in settings and URLs.</summary>
internal static class PaymentProviders
{
    public const string GoCardless = "gocardless";
    public const string Mollie = "mollie";
    public const string MollieClassic = "mollie-classic";
    public const string PayPal = "paypal";
    public const string Adyen = "adyen";
    public const string AdyenManualCapture = "adyen-manual-capture";
    public const string AdyenPlatform = "adyen-platform";
    public const string Square = "square";
    public const string Razorpay = "razorpay";
    public const string Paddle = "paddle";
    public const string Xero = "xero";
    public const string QuickBooks = "quickbooks";

    /// <summary>
    /// The response that Adyen requires; without it Adyen holds back later webhooks (docs.adyen.com, "Accept
    /// webhooks").
    /// </summary>
    private const string AdyenResponse = "[accepted]";

    private static readonly FrozenDictionary<string, PaymentProvider> _all = new PaymentProvider[]
    {
        new(WebhookSignatures.Stripe),
        // The ids of a payment processor are unique among all its accounts; those of the generic webhook are only
        // unique for their sender.
        new(WebhookSignatures.StandardWebhooks) { HasUniqueIds = false, AllocatesPayments = true },
        new(GoCardless) { NeedsApiToken = true },
        new(Mollie),
        new(MollieClassic)
        {
            NeedsApiToken = true,
            HasNoEventIds = true,
            SendsForm = true,
            Ledger = Mollie,
        },
        new(PayPal) { NeedsWebhookId = true },
        new(Adyen) { ResponseText = AdyenResponse },
        new(AdyenManualCapture) { ResponseText = AdyenResponse, Ledger = Adyen },
        new(AdyenPlatform) { ResponseText = AdyenResponse },
        new(Square) { NeedsUrl = true },
        new(Razorpay),
        new(Paddle),
        // Xero's "intent to receive" requires a response without body and cookies.
        new(Xero) { ResponseText = "" },
        new(QuickBooks),
    }.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => _all.Keys.Order(StringComparer.Ordinal);

    public static PaymentProvider? Find(string name) => _all.GetValueOrDefault(name);
}

/// <summary>
/// Which settings an endpoint of this provider needs, and how it responds. The signature is defined in
/// <see cref="WebhookSignatures"/>, the meaning of the events in <see cref="PaymentEvents"/>.
/// </summary>
internal sealed record PaymentProvider(string Name)
{
    public bool NeedsSecrets => WebhookSignatures.HasScheme(Name);
    public bool NeedsUrl { get; init; }
    public bool NeedsWebhookId { get; init; }

    /// <summary>Its events hold only ids, and the rest is read from its API.</summary>
    public bool NeedsApiToken { get; init; }

    /// <summary>
    /// Deliveries about one payment cannot be distinguished, so each is processed and none counts as a duplicate.
    /// </summary>
    public bool HasNoEventIds { get; init; }

    /// <summary>The body is a form instead of JSON.</summary>
    public bool SendsForm { get; init; }

    /// <summary>The body of a 200 response that the provider requires; empty for no body; null for JSON.</summary>
    public string? ResponseText { get; init; }

    /// <summary>
    /// The name in ledger keys. Two products of one provider share it, so that a payment reported by both counts once.
    /// </summary>
    public string Ledger { get; init; } = Name;

    /// <summary>One payment id may come with several invoices, each with its part of the amount.</summary>
    public bool AllocatesPayments { get; init; }

    /// <summary>False when two endpoints may use one id for different payments.</summary>
    public bool HasUniqueIds { get; init; } = true;
}
