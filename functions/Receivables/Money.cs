using System.Globalization;
using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// An amount in minor units (cents, pence, fils) of an ISO 4217 currency, never a floating-point number. Amounts of
/// different currencies are never mixed or converted.
/// </summary>
/// <param name="Minor">Minor units; negative for an amount that the creditor owes the customer.</param>
/// <param name="Currency">ISO 4217 code in upper case, contained in <see cref="Currencies"/>.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    private const int MaxIntegerDigits = 15;

    [JsonIgnore]
    public bool IsPositive => Minor > 0;

    [JsonIgnore]
    public bool IsZero => Minor == 0;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money a, Money b) =>
        new(checked(a.Minor + b.EnsureSameCurrency(a).Minor), a.Currency);

    public static Money operator -(Money a, Money b) =>
        new(checked(a.Minor - b.EnsureSameCurrency(a).Minor), a.Currency);

    /// <summary>The amount times a factor; half a minor unit is rounded away from zero.</summary>
    public Money Times(decimal factor) =>
        new((long)Math.Round(Minor * factor, MidpointRounding.AwayFromZero), Currency);

    public static Money operator -(Money a) => new(checked(-a.Minor), a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Minor.CompareTo(other.EnsureSameCurrency(this).Minor);

    /// <summary>One sum per currency, in the order in which the currencies come.</summary>
    public static IEnumerable<Money> SumsOf(IEnumerable<Money> amounts) =>
        amounts
            .GroupBy(amount => amount.Currency)
            .Select(ofCurrency => ofCurrency.Aggregate((sum, amount) => sum + amount));

    public static Money Max(Money a, Money b) => a >= b ? a : b;

    public static Money Min(Money a, Money b) => a <= b ? a : b;

    /// <summary>
    /// Parses a decimal such as <c>119.00</c>, <c>-5</c> or <c>+119.00</c> (xsd:decimal): no exponent, no separators,
    /// and no more decimals than the currency has, trailing zeros aside.
    /// </summary>
    /// <param name="problem">When false is returned: a stable code, and a text for the sender.</param>
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
            problem = ("too_large", $"an amount in {currency} cannot be this large");
            return false;
        }
        money = new Money(text.StartsWith('-') ? -minor : minor, currency);
        problem = default;
        return true;
    }

    /// <summary>Half a minor unit is rounded away from zero.</summary>
    /// <exception cref="ArgumentException">The currency is not in <see cref="Currencies"/>.</exception>
    public static Money FromDecimal(decimal amount, string currency) =>
        TryParse("1", currency, out var unit, out var problem)
            ? unit.Times(amount)
            : throw new ArgumentException(problem.Detail, nameof(currency));

    public decimal ToDecimal() => decimal.Parse(ToDecimalString(), CultureInfo.InvariantCulture);

    /// <summary>
    /// The plain decimal with all decimals of the currency, such as <c>119.00</c>; for data formats, not for people.
    /// </summary>
    public string ToDecimalString()
    {
        var digits = Currencies.DigitsOf(Currency) ?? 2;
        var text = Math.Abs((decimal)Minor).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var whole = digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}";
        return Minor < 0 ? "-" + whole : whole;
    }

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    private Money EnsureSameCurrency(Money other) =>
        Currency == other.Currency
            ? this
            : throw new InvalidOperationException(
                $"{Currency} and {other.Currency} cannot be combined: amounts are never converted."
            );
}
