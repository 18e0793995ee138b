using System.Collections.Frozen;
using System.Globalization;

namespace Dunning.Receivables.Banking;

/// <summary>What an IBAN says of its account.</summary>
public static class IbanRules
{
    private static readonly FrozenSet<string> _euro =
        "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> _otherMoney = (
        "AE AED, AL ALL, AU AUD, AZ AZN, BA BAM, BH BHD, BR BRL, BY BYN, CA CAD, CH CHF, CZ CZK, DK DKK, EG EGP, "
        + "FO DKK, GB GBP, GE GEL, GI GIP, GL DKK, HU HUF, ID IDR, IL ILS, IN INR, IS ISK, JO JOD, JP JPY, KW KWD, "
        + "KZ KZT, LB LBP, LI CHF, MD MDL, MK MKD, MY MYR, NO NOK, PK PKR, PL PLN, QA QAR, RO RON, RS RSD, "
        + "RU RUB, SA SAR, SE SEK, TN TND, TR TRY, UA UAH, US USD"
    )
        .Split(", ")
        .Select(entry => entry.Split(' '))
        .ToFrozenDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal);

    /// <summary>Countries of the Single Euro Payments Area whose accounts take transfers in euro.</summary>
    private static readonly FrozenSet<string> _sepa = _euro
        .Except(["XK"])
        .Concat("AL CH CZ DK GB GI HU IS LI MD MK NO PL RO RS SE".Split(' '))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The money of a country: ISO 4217; null where it is not known here.</summary>
    public static string? CurrencyOf(string country) =>
        _euro.Contains(country) ? "EUR" : _otherMoney.GetValueOrDefault(country);

    public static bool IsInSepa(string? country) => country is not null && _sepa.Contains(country);

    /// <summary>
    /// Whether the bank number is one of those of Switzerland and Liechtenstein whose accounts demand a QR reference
    /// (Swiss Implementation Guidelines for the QR-bill, 30000 to 31999).
    /// </summary>
    public static bool IsQrIban(string? iban) =>
        iban is ['C', 'H', ..] or ['L', 'I', ..]
        && iban.Length > 9
        && int.TryParse(iban.AsSpan(4, 5), NumberStyles.None, CultureInfo.InvariantCulture, out var bank)
        && bank is >= 30000 and <= 31999;
}
