using Dunning.Policies.Calendars;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using NodaTime;
using NodaTime.TimeZones;

namespace Dunning.Policies;

/// <summary>
/// Everything that a decision may use besides the customer's rows and the current time: policies, calendars, time
/// zones. Immutable.
/// </summary>
/// <param name="CreditorTimeZone">Used for customers without a time zone and country.</param>
/// <param name="AccountManager">
/// Email address that receives follow-ups and escalation copies when the customer's contacts name no account manager;
/// null for none.
/// </param>
/// <param name="SmsEnabled">False when no SMS provider is configured.</param>
public sealed record DunningRules(
    PolicyCatalog Policies,
    Calendar Calendar,
    DateTimeZone CreditorTimeZone,
    string? AccountManager = null,
    bool SmsEnabled = true
)
{
    /// <summary>
    /// The countries whose operators would not deliver our text messages, because their rules about senders are not
    /// met; ISO 3166-1 alpha-2.
    /// </summary>
    public IReadOnlySet<string> CountriesWithoutSms { get; init; } = new HashSet<string>();

    /// <summary>Where payments come from, and whether they still do.</summary>
    public PaymentFeedCatalog Feeds { get; init; } = PaymentFeedCatalog.None;

    /// <summary>Tags of the languages that there are texts in.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2, optionally with a subdivision; null where it is not known.</summary>
    public string? CreditorCountry { get; init; }

    /// <summary>The countries' rules about interest and fees.</summary>
    internal Jurisdictions Laws { get; init; } = Jurisdictions.Default;

    /// <summary>Of a locale such as <c>de-AT</c> its first part is enough.</summary>
    public bool HasLanguage(string locale) =>
        LocaleFallback.TagsOf(locale).Intersect(Languages, StringComparer.OrdinalIgnoreCase).Any();

    private static readonly ILookup<string, string> _zonesOfCountry =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(l => l.CountryCode, l => l.ZoneId);

    /// <summary>
    /// For countries with several zones, the westernmost zone with a large population: at nine o'clock there, it is
    /// daytime in the country's other zones too.
    /// </summary>
    private static readonly Dictionary<string, string> _multiZoneCountries = new()
    {
        ["AU"] = "Australia/Perth",
        ["BR"] = "America/Manaus",
        ["CA"] = "America/Vancouver",
        ["MX"] = "America/Tijuana",
        ["RU"] = "Europe/Moscow",
        ["UA"] = "Europe/Kyiv",
        ["US"] = "America/Los_Angeles",
    };

    /// <summary>The customer's own zone, else the country's, else the creditor's.</summary>
    public DateTimeZone ZoneOf(Customer customer)
    {
        var id =
            customer.TimeZone
            ?? (
                customer.Country is { Length: >= 2 } country
                    ? _multiZoneCountries.GetValueOrDefault(country[..2])
                        ?? _zonesOfCountry[country[..2]].FirstOrDefault()
                    : null
            );
        return id is null ? CreditorTimeZone : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? CreditorTimeZone;
    }

    /// <summary>
    /// The date in the customer's time zone, which decides whether an invoice is late.
    /// </summary>
    public DateOnly Today(Customer customer, DateTimeOffset now) => DateIn(ZoneOf(customer), now);

    public DateOnly CreditorToday(DateTimeOffset now) => DateIn(CreditorTimeZone, now);

    /// <summary>
    /// A date and time in the customer's time zone as a UTC instant. A time that daylight saving skips is moved forward
    /// by the length of the gap; of a time that occurs twice, the first is used.
    /// </summary>
    public DateTimeOffset InstantOf(Customer customer, DateOnly day, TimeOnly time) =>
        ZoneOf(customer)
            .AtLeniently(LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(time)))
            .ToDateTimeOffset()
            .ToUniversalTime();

    private static DateOnly DateIn(DateTimeZone zone, DateTimeOffset now) =>
        Instant.FromDateTimeOffset(now).InZone(zone).Date.ToDateOnly();
}
