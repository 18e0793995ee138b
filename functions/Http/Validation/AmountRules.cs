using Dunning.Receivables;

namespace Dunning.Http.Validation;

internal static class AmountRules
{
    /// <summary>
    /// Has the most decimals of all: without a usable currency an amount can still be judged by its shape.
    /// </summary>
    private const string AnyCurrency = "CLF";

    /// <summary>ISO 4217, upper-cased.</summary>
    public static readonly FieldRule<string> Currency = new(text =>
        text.Trim().ToUpperInvariant() is var code && Currencies.DigitsOf(code) is not null
            ? code
            : new FieldError("unknown_currency", "use an ISO 4217 code of three letters, for example EUR")
    );

    /// <summary>
    /// A plain decimal, as a string or as the literal text of a number: it never becomes a floating-point number.
    /// </summary>
    /// <param name="currency">Null when the currency itself was refused.</param>
    public static FieldRule<Money> AmountIn(string? currency) =>
        new(text => Parse(text.Trim(), currency ?? AnyCurrency), Literal.Number);

    /// <summary>Like <see cref="AmountIn"/>, and more than nothing.</summary>
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

    private static ParseResult<Money> Parse(string text, string currency) =>
        Money.TryParse(text, currency, out var money, out var problem)
            ? money
            : new FieldError(problem.Code, problem.Detail);
}
