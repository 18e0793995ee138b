using System.Collections.Frozen;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers;

/// <summary>The payment processors that can tell us of money, as they are called in settings and addresses.</summary>
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

    /// <summary>Without it Adyen holds back all that comes after (docs.adyen.com, "Accept webhooks").</summary>
    private const string Accepted = "[accepted]";

    private static readonly FrozenDictionary<string, PaymentProvider> _all = new PaymentProvider[]
    {
        new(WebhookSignatures.Stripe),
        // Ids of a payment processor are its own for all; those of the generic webhook are only as unique as its sender
        // made them.
        new(WebhookSignatures.StandardWebhooks) { SharesIds = false, AllocatesPayments = true },
        new(GoCardless) { NeedsApiToken = true },
        new(Mollie),
        new(MollieClassic)
        {
            NeedsApiToken = true,
            NamesNoEvent = true,
            PostsForm = true,
            Ledger = Mollie,
        },
        new(PayPal) { NeedsWebhookId = true },
        new(Adyen) { Receipt = Accepted },
        new(AdyenManualCapture) { Receipt = Accepted, Ledger = Adyen },
        new(AdyenPlatform) { Receipt = Accepted },
        new(Square) { NeedsUrl = true },
        new(Razorpay),
        new(Paddle),
        // Its "intent to receive" wants no body, and no cookies.
        new(Xero) { Receipt = "" },
        new(QuickBooks),
    }.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => _all.Keys.Order(StringComparer.Ordinal);

    public static PaymentProvider? Find(string name) => _all.GetValueOrDefault(name);
}

/// <summary>
/// What an endpoint of this provider needs and answers. What it signs is in <see cref="WebhookSignatures"/>, what it
/// means in <see cref="PaymentEvents"/>.
/// </summary>
internal sealed record PaymentProvider(string Name)
{
    public bool NeedsSecrets => WebhookSignatures.HasScheme(Name);
    public bool NeedsUrl { get; init; }
    public bool NeedsWebhookId { get; init; }

    /// <summary>Its events hold ids, and the rest is read at its API.</summary>
    public bool NeedsApiToken { get; init; }

    /// <summary>Nothing in a delivery tells one event from the next about the same payment.</summary>
    public bool NamesNoEvent { get; init; }

    /// <summary>A form instead of JSON.</summary>
    public bool PostsForm { get; init; }

    /// <summary>The text that says we have it, where that is prescribed; empty for no body at all.</summary>
    public string? Receipt { get; init; }

    /// <summary>The provider whose ids these are: one payment told of through two products counts once.</summary>
    public string Ledger { get; init; } = Name;

    /// <summary>One payment id may come with several invoices, each with its part of the amount.</summary>
    public bool AllocatesPayments { get; init; }

    /// <summary>False where two endpoints may use one id for different payments.</summary>
    public bool SharesIds { get; init; } = true;
}
