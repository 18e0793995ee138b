using System.Collections.Frozen;
using PublicHoliday;

namespace Dunning.Policies.Calendars;

/// <summary>
/// The public holidays that the package PublicHoliday computes. Those of the first 18 countries were compared, day by
/// day for 2026 to 2028, with at least one other source; what is missing there is in <c>calendars.json</c>. The others
/// were not compared.
/// </summary>
internal static class LibraryHolidays
{
    private static readonly FrozenDictionary<string, IPublicHolidays> _calendars = new Dictionary<
        string,
        IPublicHolidays
    >
    {
        ["AT"] = new AustriaPublicHoliday(),
        ["AU"] = new AustraliaPublicHoliday(),
        ["BE"] = new BelgiumPublicHoliday(),
        // Without a canton: the days of Zurich, on which nearly all offices of the country are closed.
        ["CH"] = Swiss(SwitzerlandPublicHoliday.Cantons.ZH),
        ["DE"] = new GermanPublicHoliday(),
        // Not Labour Day, on which many work. The plain constructor leaves out the days on which the banks are closed.
        ["DK"] = new DenmarkPublicHoliday(
            includeConstitutionDay: true,
            includeLabourDay: false,
            includeDayAfterAscension: true,
            includeChristmasEve: true,
            includeNewYearsEve: true
        ),
        ["ES"] = new SpainPublicHoliday(),
        ["FI"] = new FinlandPublicHoliday(includeNonOfficialHolidays: true),
        ["FR"] = new FrancePublicHoliday(),
        ["GB"] = new UKBankHoliday(UKBankHoliday.UkCountries.England),
        ["GB-ENG"] = new UKBankHoliday(UKBankHoliday.UkCountries.England),
        ["GB-WLS"] = new UKBankHoliday(UKBankHoliday.UkCountries.Wales),
        ["GB-SCT"] = new UKBankHoliday(UKBankHoliday.UkCountries.Scotland),
        ["GB-NIR"] = new UKBankHoliday(UKBankHoliday.UkCountries.NorthernIreland),
        ["IE"] = new IrelandPublicHoliday(),
        ["IT"] = new ItalyPublicHoliday(),
        ["NL"] = new DutchPublicHoliday(liberationDayOnlyAtLustrum: true),
        ["NO"] = new NorwayPublicHoliday(),
        ["NZ"] = new NewZealandPublicHoliday(),
        ["PL"] = new PolandPublicHoliday(),
        ["SE"] = new SwedenPublicHoliday(),
        ["US"] = new USAPublicHoliday(),
        ["BR"] = new BrazilPublicHoliday(),
        ["CZ"] = new CzechRepublicPublicHoliday(),
        ["EE"] = new EstoniaPublicHoliday(),
        ["GR"] = new GreecePublicHoliday(),
        ["HR"] = new CroatiaPublicHoliday(),
        ["HU"] = new HungaryPublicHoliday(),
        ["JP"] = new JapanPublicHoliday(),
        ["LT"] = new LithuaniaPublicHoliday(),
        ["LU"] = new LuxembourgPublicHoliday(),
        ["LV"] = new LatviaPublicHoliday(),
        ["MX"] = new MexicoPublicHoliday(),
        ["PT"] = new PortugalPublicHoliday(),
        ["RO"] = new RomanianPublicHoliday(),
        ["SI"] = new SloveniaPublicHoliday(),
        ["SK"] = new SlovakiaPublicHoliday(),
        ["ZA"] = new SouthAfricaPublicHoliday(),
    }
        .Concat(RegionsOf("DE", (GermanPublicHoliday.States state) => new GermanPublicHoliday { State = state }))
        .Concat(RegionsOf("AU", (AustraliaPublicHoliday.States state) => new AustraliaPublicHoliday { State = state }))
        .Concat(RegionsOf("CH", (SwitzerlandPublicHoliday.Cantons canton) => Swiss(canton)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="regions">The region itself first, then its country.</param>
    /// <returns>The calendar of the first that is known; null when none is.</returns>
    public static IPublicHolidays? Find(IEnumerable<string> regions) =>
        regions.Select(_calendars.GetValueOrDefault).FirstOrDefault(calendar => calendar is not null);

    /// <summary>2 January and Labour Day are kept where the canton keeps them.</summary>
    private static SwitzerlandPublicHoliday Swiss(SwitzerlandPublicHoliday.Cantons canton) =>
        new(
            hasSecondJanuary: canton is SwitzerlandPublicHoliday.Cantons.ZH,
            hasLaborDay: canton is SwitzerlandPublicHoliday.Cantons.ZH,
            hasCorpusChristi: false
        )
        {
            Canton = canton,
        };

    /// <summary>By the second part of ISO 3166-2, of which the package uses the letters.</summary>
    private static IEnumerable<KeyValuePair<string, IPublicHolidays>> RegionsOf<TRegion>(
        string country,
        Func<TRegion, IPublicHolidays> create
    )
        where TRegion : struct, Enum =>
        from region in Enum.GetValues<TRegion>()
        where region.ToString().Length <= 3
        where !string.Equals(region.ToString(), "all", StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create($"{country}-{region}", create(region));
}
