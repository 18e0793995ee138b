using System.Globalization;
using System.Text.Json;
using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads amounts in the notations of the providers. An amount outside <see cref="BookableAmount"/> becomes the event's
/// problem.
/// </summary>
internal static class EventAmounts
{
    /// <summary>
    /// In a currency with four decimals a longer number may exceed Int64 in minor units; no real amount is longer.
    /// </summary>
    public const int MaxAmountLength = 18;

    public static string Currency(this WebhookPayload fields, string path)
    {
        var currency = fields.Required(path).ToUpperInvariant();
        if (Currencies.DigitsOf(currency) is null)
            fields.ReportProblem($"{path} is not an ISO 4217 code");
        return currency;
    }

    /// <summary>An amount in minor units, as a number or as a text of digits (Paddle).</summary>
    public static Money MinorUnits(this WebhookPayload fields, string path, string currencyPath)
    {
        var currency = fields.Currency(currencyPath);
        var minorUnits = fields.Find(path) switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
            { ValueKind: JsonValueKind.String } when IsDigits(fields.TextOrNumber(path), out var whole) => whole,
            _ => -1L,
        };
        return fields.Bookable(new Money(minorUnits, currency), path);
    }

    /// <summary>
    /// A decimal text. Zeros after the decimal point are accepted in every currency: PayPal writes yen with them.
    /// </summary>
    public static Money DecimalAmount(this WebhookPayload fields, string path, string currencyPath)
    {
        var currency = fields.Currency(currencyPath);
        var text = fields.Required(path);
        var amount =
            text.Length <= MaxAmountLength && Money.TryParse(text, currency, out var money, out _)
                ? money
                : new Money(-1, currency);
        return fields.Bookable(amount, path);
    }

    /// <summary>The digits are checked as well, because the parser accepts trailing NULs.</summary>
    private static bool IsDigits(string? text, out long whole) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out whole) && text!.All(char.IsAsciiDigit);

    private static Money Bookable(this WebhookPayload fields, Money money, string path)
    {
        if (BookableAmount.Allows(money.Minor))
            return money;
        fields.ReportProblem($"{path} is not an amount that can be booked");
        return Money.Zero(money.Currency);
    }
}
