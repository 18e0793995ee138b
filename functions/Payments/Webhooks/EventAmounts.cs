using System.Globalization;
using System.Text.Json;
using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>Amounts as providers write them. What cannot be booked is noted as the event's problem.</summary>
internal static class EventAmounts
{
    /// <summary>
    /// Longer decimals may pass Int64 in a currency with four decimals; no amount of money needs them.
    /// </summary>
    public const int MaxAmountLength = 18;

    public static string Currency(this WebhookPayload fields, string path)
    {
        var currency = fields.Required(path).ToUpperInvariant();
        if (Currencies.DigitsOf(currency) is null)
            fields.Refuse($"{path} is not an ISO 4217 code");
        return currency;
    }

    /// <summary>Minor units, as a number or as a text of digits (Paddle).</summary>
    public static Money Minor(this WebhookPayload fields, string path, string currencyPath)
    {
        var currency = fields.Currency(currencyPath);
        var minor = fields.Find(path) switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
            { ValueKind: JsonValueKind.String } when IsDigits(fields.Loose(path), out var whole) => whole,
            _ => -1L,
        };
        return fields.Bookable(new Money(minor, currency), path);
    }

    /// <summary>A decimal text. Zeros behind the point are read in any currency: PayPal writes yen with them.</summary>
    public static Money Decimal(this WebhookPayload fields, string path, string currencyPath)
    {
        var currency = fields.Currency(currencyPath);
        var text = fields.Required(path);
        var read =
            text.Length <= MaxAmountLength && Money.TryParse(text, currency, out var money, out _)
                ? money
                : new Money(-1, currency);
        return fields.Bookable(read, path);
    }

    /// <summary>The parser lets trailing NULs pass.</summary>
    private static bool IsDigits(string? text, out long whole) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out whole) && text!.All(char.IsAsciiDigit);

    private static Money Bookable(this WebhookPayload fields, Money money, string path)
    {
        if (BookableAmount.Allows(money.Minor))
            return money;
        fields.Refuse($"{path} is not an amount that can be booked");
        return Money.Zero(money.Currency);
    }
}
