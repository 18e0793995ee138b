using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// Stripe counts in the minor units of ISO 4217 but for three currencies (docs.stripe.com/currencies, "Zero-decimal
/// currencies" and "Special cases"): ISK and UGX kept two decimals, always 00, for old integrations; MGA has none.
/// </summary>
internal static class StripeAmounts
{
    /// <returns>
    /// Null when negative, beyond <see cref="BookableAmount"/>, a fraction of what has none, or of no known currency.
    /// </returns>
    public static Money? ToMoney(long amount, string currency)
    {
        if (Currencies.DigitsOf(currency) is null || !BookableAmount.Allows(amount))
            return null;
        long? minor = currency switch
        {
            "ISK" or "UGX" => amount % 100 == 0 ? amount / 100 : null,
            "MGA" => amount * 100,
            _ => amount,
        };
        return minor is { } whole && BookableAmount.Allows(whole) ? new Money(whole, currency) : null;
    }
}
