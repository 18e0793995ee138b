using System.Collections.Frozen;
using System.Text.RegularExpressions;
using NodaTime;

namespace Dunning.Http.Validation;

internal static partial class PlaceRules
{
    // GetZoneOrNull would take fixed offsets such as UTC+02:00 as well, which know no summer time.
    private static readonly FrozenSet<string> _zones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(
        StringComparer.Ordinal
    );

    public static readonly FieldRule<string> IanaZone = new(text =>
        _zones.Contains(text.Trim())
            ? text.Trim()
            : new FieldError(
                "unknown_time_zone",
                "use an IANA name such as Europe/Berlin, neither an abbreviation nor an offset"
            )
    );

    /// <summary>The shape of BCP 47 (RFC 5646).</summary>
    public static readonly FieldRule<string> LanguageTag = TextRules.Matching(
        LanguageTagPattern(),
        new FieldError("not_a_language_tag", "use a BCP 47 tag such as de or pt-BR, with hyphens")
    );

    /// <summary>
    /// The shape of ISO 3166-1 alpha-2, or of ISO 3166-2 with the subdivision that decides weekends there.
    /// </summary>
    public static readonly FieldRule<string> Country = TextRules.Matching(
        CountryPattern(),
        new FieldError("not_a_country", "use two letters (ISO 3166), optionally with a subdivision: DE, MY-02"),
        text => text.Trim().ToUpperInvariant()
    );

    [GeneratedRegex(@"^(?=.{2,35}\z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguageTagPattern();

    [GeneratedRegex(@"^[A-Z]{2}(-[A-Z0-9]{1,3})?\z")]
    private static partial Regex CountryPattern();
}
