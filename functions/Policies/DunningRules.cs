using Dunning.Policies.Calendars;
using Dunning.Receivables;
using NodaTime;
using NodaTime.TimeZones;

namespace Dunning.Policies;

/// <summary>
/// All that a decision may look up besides the customer's own rows: policies, calendars, zones. Immutable.
/// </summary>
/// <param name="CreditorTimeZone">IANA zone of the creditor, for customers of whom nothing better is known.</param>
/// <param name="AccountManager">
/// Address that receives tasks and copies of escalations when the customer names no one; null for nobody.
/// </param>
/// <param name="CanText">False while no provider of text messages is configured.</param>
public sealed record DunningRules(
    PolicyCatalog Policies,
    Calendar Calendar,
    DateTimeZone CreditorTimeZone,
    string? AccountManager = null,
    bool CanText = true
)
{
    private static readonly ILookup<string, string> _zonesOfCountry =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(l => l.CountryCode, l => l.ZoneId);

    /// <summary>
    /// Of countries with several zones the westernmost that many live in: when it is nine there, it is day in the
    /// others too.
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
    /// The date where the customer is: lateness is a question of dates, and this is whose midnight counts.
    /// </summary>
    public DateOnly Today(Customer customer, DateTimeOffset now) =>
        Instant.FromDateTimeOffset(now).InZone(ZoneOf(customer)).Date.ToDateOnly();

    /// <summary>
    /// A local date and time as an instant; a time that the clocks skip or repeat is resolved leniently.
    /// </summary>
    public DateTimeOffset InstantOf(Customer customer, DateOnly day, TimeOnly time) =>
        ZoneOf(customer)
            .AtLeniently(LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(time)))
            .ToDateTimeOffset()
            .ToUniversalTime();
}
