using System.Collections.Frozen;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.Bank;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Providers.Xero;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers;

/// <summary>The supported payment providers, by their names in settings and URLs.</summary>
internal static class PaymentProviders
{
    private static readonly FrozenDictionary<string, PaymentProvider> _all = new[]
    {
        StripeProvider.Registration,
        StandardWebhooksProvider.Registration,
        GoCardlessProvider.Registration,
        MollieProvider.Registration,
        MollieClassicProvider.Registration,
        PayPalProvider.Registration,
        AdyenProvider.Registration,
        AdyenManualCaptureProvider.Registration,
        AdyenPlatformProvider.Registration,
        SquareProvider.Registration,
        RazorpayProvider.Registration,
        PaddleProvider.Registration,
        XeroProvider.Registration,
        QuickBooksProvider.Registration,
        BankProvider.Registration,
    }.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);

    /// <summary>Of those that send webhooks.</summary>
    public static IEnumerable<string> Names =>
        _all
            .Values.Where(provider => !provider.ComesFromFiles)
            .Select(provider => provider.Name)
            .Order(StringComparer.Ordinal);

    public static PaymentProvider? Find(string name) => _all.GetValueOrDefault(name);
}
