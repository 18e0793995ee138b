using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Http.Validation;

internal static partial class DateRules
{
    private static readonly FieldError _notADate = new(
        "not_a_date",
        "write an existing day as yyyy-MM-dd, for example 2026-01-31, without time or zone"
    );

    /// <summary>A calendar date without time and zone.</summary>
    public static readonly FieldRule<DateOnly> CalendarDate = new(text => Parse(text.Trim(), ["yyyy-MM-dd"]));

    /// <summary>
    /// A date in the format of UBL (xsd:date; its zone suffix is ignored) or CII (UNTDID 2379: format 102 is a day and
    /// 203 a minute; 616, a week, is not a date).
    /// </summary>
    public static readonly FieldRule<DateOnly> XmlDate = new(text =>
        Parse(ZoneSuffix().Replace(text.Trim(), ""), ["yyyy-MM-dd", "yyyyMMdd", "yyyyMMddHHmm"])
    );

    /// <summary>
    /// RFC 3339 with offset; the result is UTC. Decimals beyond the seven that .NET supports are cut (QuickBooks sends
    /// nine).
    /// </summary>
    public static readonly FieldRule<DateTimeOffset> Instant = new(text =>
    {
        var parts = Rfc3339().Match(text.Trim());
        var fraction = parts.Groups["fraction"].Value;
        var plain =
            $"{parts.Groups["day"]}T{parts.Groups["time"]}"
            + $"{fraction[..Math.Min(fraction.Length, 8)]}{parts.Groups["zone"]}";
        const string format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";
        return
            parts.Success
            && DateTimeOffset.TryParseExact(
                plain.ToUpperInvariant(),
                format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
            && InRange(at.Year)
            ? at.ToUniversalTime()
            : new FieldError(
                "not_an_instant",
                "write an RFC 3339 instant with its offset, for example 2026-01-31T09:30:00Z"
            );
    });

    private static ParseResult<DateOnly> Parse(string text, string[] formats)
    {
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return _notADate;
        return InRange(moment.Year)
            ? DateOnly.FromDateTime(moment)
            : new FieldError("date_out_of_range", "use a year from 1900 to 2200");
    }

    /// <summary>Other years are typing errors, and adding payment terms or pauses could overflow.</summary>
    private static bool InRange(int year) => year is >= 1900 and <= 2200;

    [GeneratedRegex(@"(?<=^\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex ZoneSuffix();

    [GeneratedRegex(
        @"^(?<day>\d{4}-\d\d-\d\d)[Tt ](?<time>\d\d:\d\d:\d\d)(?<fraction>\.\d+)?(?<zone>[Zz]|[+-]\d\d:\d\d)\z"
    )]
    private static partial Regex Rfc3339();
}
