using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Dunning.Http.Validation;
using Dunning.Notices.Localization;
using Dunning.Policies;

namespace Dunning.Configuration;

/// <summary>
/// Rules for the values of settings, in addition to the field rules of <c>Http/Validation</c>. An error states the
/// correction and never repeats the value.
/// </summary>
internal static partial class SettingRules
{
    /// <summary>
    /// NCRONTAB only. Timer triggers also accept a time span, but Azure does not start an idle app for it.
    /// </summary>
    public static readonly FieldRule<string> Schedule = TextRules.Matching(
        SchedulePattern(),
        new FieldError(
            "not_a_schedule",
            "write six fields of NCRONTAB (second minute hour day month weekday, UTC) such as 0 */15 * * * *"
        )
    );

    public static readonly FieldRule<string> Duration = Where(
        text => XmlConvert.ToTimeSpan(text) > TimeSpan.Zero,
        new FieldError("not_a_duration", "write an ISO 8601 duration such as PT45M")
    );

    public static readonly FieldRule<string> ShippedLanguage = Where(
        text =>
            string.Equals(Language.For(text).Tag.Split('-')[0], text.Split('-')[0], StringComparison.OrdinalIgnoreCase),
        new FieldError(
            "not_a_language",
            "use one of "
                + string.Join(", ", Language.Shipped.Select(language => language.Tag).Order(StringComparer.Ordinal))
        )
    );

    /// <summary>Of a file with mistakes all are named, by field and fix.</summary>
    public static readonly FieldRule<string> PolicyFile = new(path =>
    {
        try
        {
            _ = new PolicyCatalog(File.ReadAllText(path.Trim()));
            return path.Trim();
        }
        catch (InvalidOperationException mistakes)
        {
            return new FieldError("not_policies", $"correct the file. {mistakes.Message}");
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new FieldError(
                "not_policies",
                "write the path of a readable file in the shape of functions/Policies/policies.json"
            );
        }
    });

    public static readonly FieldRule<string> SmsSenders = new(text =>
        SmsSenderOptions.MistakeIn(text) is { } mistake ? mistake : text
    );

    public static readonly FieldRule<string> SmsPrices = new(text =>
        SmsPrice.MistakeIn(text) is { } mistake ? mistake : text
    );

    public static readonly FieldRule<string> HolidaysFile = Where(
        path => new Policies.Calendars.Calendar(iCalendar: File.ReadAllText(path)) is not null,
        new FieldError(
            "not_an_icalendar",
            "write the path of a readable iCalendar file (RFC 5545) with an all-day event for each holiday"
        )
    );

    public static readonly FieldRule<string> CalendarFile = Where(
        path => new Policies.Calendars.Calendar(File.ReadAllText(path)) is not null,
        new FieldError(
            "not_a_calendar",
            "write the path of a readable file in the shape of functions/Policies/Calendars/calendars.json"
        )
    );

    /// <summary>
    /// An email address that our emails contain as sender or reply address: ASCII, so that every mail server can handle
    /// it.
    /// </summary>
    public static readonly FieldRule<string> OwnAddress = new(text =>
    {
        var parsed = EmailRule.EmailAddress.Check(text);
        return parsed.Value is { } address && !Ascii.IsValid(address)
            ? new FieldError("not_ascii", "write an address whose part before the @ is plain ASCII")
            : parsed;
    });

    private static FieldRule<string> Where(Func<string, bool> isValid, FieldError error) =>
        new(text =>
        {
            try
            {
                return isValid(text.Trim()) ? text.Trim() : error;
            }
            catch (Exception unreadable)
                when (unreadable
                        is FormatException
                            or OverflowException
                            or IOException
                            or UnauthorizedAccessException
                            or ArgumentException
                            or InvalidDataException
                            or InvalidOperationException
                            or System.Text.Json.JsonException
                )
            {
                return error;
            }
        });

    [GeneratedRegex(@"^([0-9*/,-]+\s+){4}([0-9*/,-]+|[A-Za-z,-]+)\s+([0-9*/,-]+|[A-Za-z,-]+)\z")]
    private static partial Regex SchedulePattern();
}
