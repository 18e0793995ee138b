using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Dunning.Http.Validation;
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

    public static readonly FieldRule<string> Language = Where(
        text =>
            string.Equals(
                Notices.Localization.Language.For(text).Tag.Split('-')[0],
                text.Split('-')[0],
                StringComparison.OrdinalIgnoreCase
            ),
        new FieldError(
            "not_a_language",
            "use one of "
                + string.Join(
                    ", ",
                    Notices.Localization.Language.Shipped.Select(language => language.Tag).Order(StringComparer.Ordinal)
                )
        )
    );

    public static readonly FieldRule<string> PolicyFile = Where(
        path => new PolicyCatalog(File.ReadAllText(path)) is not null,
        new FieldError(
            "not_policies",
            "write the path of a readable file in the shape of functions/Policies/policies.json"
        )
    );

    public static readonly FieldRule<string> CalendarFile = Where(
        path => new Policies.Calendars.Calendar(File.ReadAllText(path)) is not null,
        new FieldError(
            "not_a_calendar",
            "write the path of a readable file in the shape of functions/Policies/Calendars/calendars.json"
        )
    );

    public static readonly FieldRule<string> Flag = Where(
        text => bool.Parse(text) || true,
        new FieldError("not_a_flag", "write true or false")
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

    public static readonly FieldRule<string> SmtpTls = Where(
        text => Settings.ReadTls(text) is not null,
        new FieldError("unknown_value", "use none, startTls (usually port 587) or implicit (usually port 465)")
    );

    public static readonly FieldRule<string> Storage = TextRules.Matching(
        StoragePattern(),
        new FieldError(
            "not_a_connection_string",
            "write the connection string of a storage account, or remove the setting and set "
                + "AzureWebJobsStorage__accountName"
        )
    );

    public static readonly FieldRule<string> AccountName = TextRules.Matching(
        AccountPattern(),
        new FieldError("not_an_account", "write the name of a storage account: 3 to 24 lower-case letters and digits")
    );

    public static readonly FieldRule<string> AcsConnection = TextRules.Matching(
        AcsPattern(),
        new FieldError(
            "not_a_connection_string",
            "copy the connection string from the Azure portal: endpoint=https://…;accesskey=…"
        )
    );

    public static readonly FieldRule<string> Address = Where(
        text => new Uri(text).Scheme is "https" or "http",
        new FieldError("not_an_address", "write a URL such as https://example.com/")
    );

    public static readonly FieldRule<string> Folder = Where(
        text => new Uri(text).Scheme is "https" or "http" && text.EndsWith('/'),
        new FieldError("not_an_address", "write a URL that ends with a slash")
    );

    public static readonly FieldRule<string> HostName = Where(
        text => Uri.CheckHostName(text) is UriHostNameType.Dns,
        new FieldError("not_a_host", "write only the host name, such as pay.example.com")
    );

    public static readonly FieldRule<string> TwilioAccount = TextRules.Matching(
        TwilioAccountPattern(),
        new FieldError("not_an_account", "write the account SID of Twilio: AC and 32 digits or letters a to f")
    );

    public static readonly FieldRule<string> TwilioKey = TextRules.Matching(
        TwilioKeyPattern(),
        new FieldError("not_a_key", "write the SID of an API key: SK and 32 digits or letters a to f")
    );

    public static readonly FieldRule<string> TextSender = TextRules.Matching(
        TextSenderPattern(),
        new FieldError(
            "not_a_sender",
            "write a number such as +447700900900, a name of up to 11 letters and digits, or a messaging service (MG…)"
        )
    );

    public static FieldRule<string> OneOf(params string[] values) =>
        Where(
            text => values.Contains(text, StringComparer.Ordinal),
            new FieldError("unknown_value", $"use {string.Join(" or ", values)}")
        );

    public static FieldRule<string> Number(int min, int max) =>
        Where(
            text =>
                int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var number
                && number >= min
                && number <= max,
            new FieldError(
                "not_a_number",
                string.Create(CultureInfo.InvariantCulture, $"write a whole number from {min} to {max}")
            )
        );

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

    [GeneratedRegex("^(UseDevelopmentStorage=true|.*(AccountName|SharedAccessSignature)=.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex StoragePattern();

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z")]
    private static partial Regex AccountPattern();

    [GeneratedRegex(@"^endpoint=https?://[^;]+;accesskey=[A-Za-z0-9+/]+=*;?\z", RegexOptions.IgnoreCase)]
    private static partial Regex AcsPattern();

    [GeneratedRegex(@"^AC[0-9a-f]{32}\z")]
    private static partial Regex TwilioAccountPattern();

    [GeneratedRegex(@"^(SK|AC)[0-9a-f]{32}\z")]
    private static partial Regex TwilioKeyPattern();

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}|[1-9][0-9]{2,7})\z")]
    private static partial Regex TextSenderPattern();
}
