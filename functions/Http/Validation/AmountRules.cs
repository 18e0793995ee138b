using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Http.Validation;

internal static class AmountRules
{
    /// <summary>
    /// The currency with the most decimals, to check the format of an amount whose currency is invalid.
    /// </summary>
    private const string AnyCurrency = "CLF";

    /// <summary>An ISO 4217 code; the result is in upper case.</summary>
    public static readonly FieldRule<string> Currency = new(text =>
        text.Trim().ToUpperInvariant() is var code && Currencies.DigitsOf(code) is not null
            ? code
            : new FieldError("unknown_currency", "use an ISO 4217 code of three letters, for example EUR")
    );

    /// <summary>Several codes, separated by commas.</summary>
    public static readonly FieldRule<string> CurrencyList = new(text =>
    {
        var codes = text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(code => Currency.Check(code))
            .ToList();
        return codes.Find(code => code.Error is not null).Error is { } error
            ? error
            : string.Join(',', codes.Select(code => code.Value));
    });

    /// <summary>
    /// A plain decimal, as a string or as the text of a JSON number; never converted to a floating-point number.
    /// </summary>
    /// <param name="currency">Null when the currency is invalid.</param>
    public static FieldRule<Money> AmountIn(string? currency) =>
        new(text => Parse(text.Trim(), currency ?? AnyCurrency), Literal.Number);

    /// <summary>Like <see cref="AmountIn"/>, and above zero.</summary>
    public static FieldRule<Money> PositiveAmountIn(string? currency) =>
        new(
            text =>
                AmountIn(currency).Check(text) switch
                {
                    { Error: null, Value.Minor: <= 0 } => new FieldError("not_positive", "send an amount above zero"),
                    var amount => amount,
                },
            Literal.Number
        );

    /// <summary>Above 0 and at most 100, with at most four decimals.</summary>
    public static readonly FieldRule<decimal> Percent = new(
        text =>
            decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= 100
            && percent.Scale <= 4
                ? percent
                : new FieldError("not_a_percentage", "write a number above 0 and up to 100, such as 2.5"),
        Literal.Number
    );

    private static ParseResult<Money> Parse(string text, string currency) =>
        Money.TryParse(text, currency, out var money, out var problem)
            ? money
            : new FieldError(problem.Code, problem.Detail);
}
