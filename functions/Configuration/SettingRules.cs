using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Dunning.Http.Validation;
using Dunning.Policies;

namespace Dunning.Configuration;

/// <summary>
/// What settings may hold, beside what the fields of an invoice may. A refusal says the fix and never repeats what was
/// set.
/// </summary>
internal static partial class SettingRules
{
    /// <summary>A time span would run too, but Azure does not wake a sleeping app by it.</summary>
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
        new FieldError("not_policies", "name a readable file in the shape of functions/Policies/policies.json")
    );

    public static readonly FieldRule<string> CalendarFile = Where(
        path => new Policies.Calendars.Calendar(File.ReadAllText(path)) is not null,
        new FieldError(
            "not_a_calendar",
            "name a readable file in the shape of functions/Policies/Calendars/calendars.json"
        )
    );

    public static readonly FieldRule<string> Flag = Where(
        text => bool.Parse(text) || true,
        new FieldError("not_a_flag", "write true or false")
    );

    /// <summary>An address that every mail of ours carries, so every mail server must be able to write it.</summary>
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
            "write a storage account's connection string, or leave it out and set AzureWebJobsStorage__accountName"
        )
    );

    public static readonly FieldRule<string> AccountName = TextRules.Matching(
        AccountPattern(),
        new FieldError("not_an_account", "write a storage account's name: 3 to 24 lower-case letters and digits")
    );

    public static readonly FieldRule<string> AcsConnection = TextRules.Matching(
        AcsPattern(),
        new FieldError("not_a_connection_string", "write it as Azure shows it: endpoint=https://…;accesskey=…")
    );

    public static readonly FieldRule<string> Address = Where(
        text => new Uri(text).Scheme is "https" or "http",
        new FieldError("not_an_address", "write an address such as https://example.com/")
    );

    public static readonly FieldRule<string> Folder = Where(
        text => new Uri(text).Scheme is "https" or "http" && text.EndsWith('/'),
        new FieldError("not_an_address", "write an address that ends with a slash")
    );

    public static readonly FieldRule<string> HostName = Where(
        text => Uri.CheckHostName(text) is UriHostNameType.Dns,
        new FieldError("not_a_host", "write the name of a host alone, such as pay.example.com")
    );

    public static readonly FieldRule<string> TwilioAccount = TextRules.Matching(
        TwilioAccountPattern(),
        new FieldError("not_an_account", "write Twilio's account SID: AC and 32 digits or letters a to f")
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

    public static FieldRule<string> OneOf(params string[] words) =>
        Where(
            text => words.Contains(text, StringComparer.Ordinal),
            new FieldError("unknown_value", $"use {string.Join(" or ", words)}")
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

    private static FieldRule<string> Where(Func<string, bool> isRight, FieldError error) =>
        new(text =>
        {
            try
            {
                return isRight(text.Trim()) ? text.Trim() : error;
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
