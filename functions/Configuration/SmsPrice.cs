using System.Globalization;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>
/// What one segment of a text message to a country costs: an entry of <c>Sms__Prices</c>, such as <c>GB=0.0463 USD</c>.
/// Twilio's price list names them by country (twilio.com/sms/pricing).
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PerSegment">In the main unit of the currency, finer than it can be paid.</param>
/// <param name="Currency">ISO 4217: that of the account at the provider.</param>
public sealed record SmsPrice(string Country, decimal PerSegment, string Currency)
{
    private const string Fix = "write GB=0.0463 USD, DE=0.0995 USD: what one segment costs in each country";

    /// <summary>The mistake in a list of prices; null for none.</summary>
    internal static FieldError? MistakeIn(string text) =>
        Entries(text).All(entry => TryParse(entry) is not null) ? null : new FieldError("not_prices", Fix);

    public static IReadOnlyList<SmsPrice> Parse(string? text) => [.. Entries(text).Select(TryParse).OfType<SmsPrice>()];

    private static string[] Entries(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static SmsPrice? TryParse(string entry) =>
        entry.Split(['=', ' ']) is [var country, var price, var currency]
        && PlaceRules.Country.Check(country).Value == country
        && country.Length == 2
        && decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var perSegment)
        && AmountRules.Currency.Check(currency).Value == currency
            ? new SmsPrice(country, perSegment, currency)
            : null;
}
