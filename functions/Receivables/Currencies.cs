using System.Collections.Frozen;

namespace Dunning.Receivables;

/// <summary>
/// The active currencies of ISO 4217 and their number of decimals. CLDR shows other numbers for some of them (IDR, HUF,
/// IQD).
/// </summary>
internal static class Currencies
{
    private const string TwoDigits =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
        + "CHE CHF CHW CNY COP "
        + "COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
        + "IDR ILS INR IRR JMD KES "
        + "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN "
        + "NAD NGN NIO NOK NPR NZD "
        + "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
        + "THB TJS TMT TOP TRY TTD "
        + "TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG";
    private const string NoDigits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string ThreeDigits = "BHD IQD JOD KWD LYD OMR TND";
    private const string FourDigits = "CLF UYW";

    private static readonly FrozenDictionary<string, int> _digits = Pairs(TwoDigits, 2)
        .Concat(Pairs(NoDigits, 0))
        .Concat(Pairs(ThreeDigits, 3))
        .Concat(Pairs(FourDigits, 4))
        .ToFrozenDictionary();

    /// <summary>The number of decimals; null when ISO 4217 has no such currency.</summary>
    /// <param name="code">Upper case.</param>
    public static int? DigitsOf(string code) => _digits.TryGetValue(code, out var digits) ? digits : null;

    private static IEnumerable<KeyValuePair<string, int>> Pairs(string codes, int digits) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, digits));
}
