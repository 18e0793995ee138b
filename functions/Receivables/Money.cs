using System.Globalization;
using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// An amount in minor units (cents, pence, fils) of an ISO 4217 currency. Never a floating-point number.
/// </summary>
/// <param name="Minor">Minor units; negative for what we owe the customer.</param>
/// <param name="Currency">ISO 4217 code, upper case, one that <see cref="Currencies"/> knows.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    /// <summary>At most this many digits before the decimal point are accepted.</summary>
    private const int MaxIntegerDigits = 15;

    [JsonIgnore]
    public bool IsPositive => Minor > 0;

    [JsonIgnore]
    public bool IsZero => Minor == 0;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Same(a).Minor), a.Currency);

    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Same(a).Minor), a.Currency);

    public static Money operator -(Money a) => new(checked(-a.Minor), a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    /// <exception cref="InvalidOperationException">The currencies differ: amounts are never converted.</exception>
    public int CompareTo(Money other) => Minor.CompareTo(other.Same(this).Minor);

    public static Money Max(Money a, Money b) => a >= b ? a : b;

    public static Money Min(Money a, Money b) => a <= b ? a : b;

    /// <summary>
    /// Reads a decimal such as <c>119.00</c>, <c>-5</c> or <c>+119.00</c> (xsd:decimal): no exponent, no separators,
    /// no more decimals than the currency has.
    /// </summary>
    /// <param name="problem">A code and a sentence for the person who sent it, when the text is refused.</param>
    public static bool TryParse(string text, string currency, out Money money, out (string Code, string Detail) problem)
    {
        money = default;
        if (Currencies.DigitsOf(currency) is not { } digits)
        {
            problem = ("unknown_currency", $"'{currency}' is not an ISO 4217 currency code");
            return false;
        }
        var unsigned = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        var parts = unsigned.Split('.');
        if (parts.Length > 2 || parts[0].Length == 0 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiDigit)))
        {
            problem = (
                "not_a_decimal",
                "write the amount as a plain decimal such as 119.00: digits, one dot, no exponent, no separators"
            );
            return false;
        }
        var fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        if (fraction.Length > digits)
        {
            problem = ("too_many_decimals", $"{currency} has {digits} decimals");
            return false;
        }
        if (parts[0].TrimStart('0').Length > MaxIntegerDigits)
        {
            problem = ("too_large", $"at most {MaxIntegerDigits} digits before the decimal point");
            return false;
        }
        if (
            !long.TryParse(
                parts[0] + fraction.PadRight(digits, '0'),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var minor
            )
        )
        {
            problem = ("too_large", $"{currency} amounts of this size cannot be kept");
            return false;
        }
        money = new Money(text.StartsWith('-') ? -minor : minor, currency);
        problem = default;
        return true;
    }

    /// <summary>
    /// The plain decimal with all of the currency's digits: <c>119.00</c>; for wire formats, not for people.
    /// </summary>
    public string ToDecimalString()
    {
        var digits = Currencies.DigitsOf(Currency) ?? 2;
        var text = Math.Abs((decimal)Minor).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var whole = digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}";
        return Minor < 0 ? "-" + whole : whole;
    }

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    private Money Same(Money other) =>
        Currency == other.Currency
            ? this
            : throw new InvalidOperationException(
                $"{Currency} and {other.Currency} cannot be mixed: amounts are never converted."
            );
}
