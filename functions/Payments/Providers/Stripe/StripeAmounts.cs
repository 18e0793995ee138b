using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// Stripe uses the minor units of ISO 4217, with three exceptions (docs.stripe.com/currencies, "Zero-decimal
/// currencies" and "Special cases"): ISK and UGX have two decimals, always 00, for backward compatibility; MGA has
/// none.
/// </summary>
internal static class StripeAmounts
{
    /// <returns>
    /// Null when the amount is outside <see cref="BookableAmount"/>, is a fraction in a currency without decimals, or
    /// has an unknown currency.
    /// </returns>
    public static Money? ToMoney(long amount, string currency)
    {
        if (Currencies.DigitsOf(currency) is null || !BookableAmount.Allows(amount))
            return null;
        long? minorUnits = currency switch
        {
            "ISK" or "UGX" => amount % 100 == 0 ? amount / 100 : null,
            "MGA" => amount * 100,
            _ => amount,
        };
        return minorUnits is { } bookable && BookableAmount.Allows(bookable) ? new Money(bookable, currency) : null;
    }
}
