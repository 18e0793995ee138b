using System.Collections.Frozen;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Dunning.Http.Validation;

internal static partial class PlaceRules
{
    // GetZoneOrNull would also accept fixed offsets such as UTC+02:00, which have no daylight saving time.
    private static readonly FrozenSet<string> _zones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>The countries of the tz database, and XK, the user-assigned code of Kosovo, which it lacks.</summary>
    private static readonly FrozenSet<string> _countries = TzdbDateTimeZoneSource
        .Default.ZoneLocations!.Select(location => location.CountryCode)
        .Append("XK")
        .ToFrozenSet(StringComparer.Ordinal);

    public static readonly FieldRule<string> IanaZone = new(text =>
        _zones.Contains(text.Trim())
            ? text.Trim()
            : new FieldError(
                "unknown_time_zone",
                "use an IANA name such as Europe/Berlin, not an abbreviation or an offset"
            )
    );

    /// <summary>The format of BCP 47 (RFC 5646); POSIX writes <c>de_DE</c>.</summary>
    public static readonly FieldRule<string> LanguageTag = TextRules.Matching(
        LanguageTagPattern(),
        new FieldError("not_a_language_tag", "use a BCP 47 tag such as de or pt-BR"),
        text => text.Trim().Replace('_', '-')
    );

    /// <summary>
    /// ISO 3166-1 alpha-2, or ISO 3166-2 where the subdivision decides weekends and holidays. Tax offices and
    /// e-invoices also use UK, EL and XI (Northern Ireland): Directive 2006/112/EC, article 215, and the code lists of
    /// EN 16931.
    /// </summary>
    public static readonly FieldRule<string> Country = new(text =>
        text.Trim().ToUpperInvariant() switch
        {
            "UK" => "GB",
            "EL" => "GR",
            "XI" => "GB-NIR",
            var code when CountryPattern().IsMatch(code) && _countries.Contains(code[..2]) => code,
            _ => new FieldError(
                "not_a_country",
                "use the two letters of a country (ISO 3166), optionally with a subdivision: DE, MY-02"
            ),
        }
    );

    [GeneratedRegex(@"^(?=.{2,35}\z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguageTagPattern();

    [GeneratedRegex(@"^[A-Z]{2}(-[A-Z0-9]{1,3})?\z")]
    private static partial Regex CountryPattern();
}
