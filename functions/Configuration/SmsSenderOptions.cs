using System.Text.RegularExpressions;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>
/// The sender of text messages to the customers of one country: an entry of <c>Sms__Senders</c>, such as
/// <c>US=+15005550006</c> or <c>SG=Harbour registered</c>.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2; empty for the usual sender.</param>
/// <param name="Registered">The name is registered with the operators of the country.</param>
public sealed partial record SmsSenderOptions(string Country, string? From, bool Registered)
{
    /// <summary>A number (E.164), a messaging service, a name, or a short code.</summary>
    internal const string Pattern =
        @"\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}|[1-9][0-9]{2,7}";

    internal const string Fix =
        "write a number such as +447700900900, a name of up to 11 letters and digits, or a messaging service (MG…)";

    internal const string GenericFix =
        "write the name of your firm: operators block general names, such as those of a kind of message";

    private const string RegisteredSuffix = " registered";

    /// <summary>
    /// British operators block them since 2023, and others follow: a sender shows the firm's own name.
    /// </summary>
    private static readonly string[] _genericNames =
    [
        "alert",
        "alerts",
        "bank",
        "bill",
        "info",
        "invoice",
        "notice",
        "pay",
        "payment",
        "reminder",
        "sms",
        "support",
        "update",
        "verify",
    ];

    /// <summary>It is a name, not a number, short code or messaging service.</summary>
    public bool IsName => From is { } sender && !IsMessagingService(sender) && sender.Any(char.IsAsciiLetter);

    /// <summary>A pool of senders at Twilio (<c>MG…</c>), which chooses one of them.</summary>
    internal static bool IsMessagingService(string sender) => Service().IsMatch(sender);

    /// <summary>The mistake in a list of senders; null for none.</summary>
    internal static FieldError? MistakeIn(string text)
    {
        foreach (var sender in Parse(text))
        {
            if (PlaceRules.Country.Check(sender.Country).Value != sender.Country)
                return new FieldError("not_a_country", "write US=+15005550006, SG=Harbour registered: ISO codes first");
            if (!Sender().IsMatch(sender.From ?? ""))
                return new FieldError("not_a_sender", Fix);
            if (IsGeneric(sender.From))
                return new FieldError("generic_name", GenericFix);
            if (sender.IsName && sender.Country is "US" or "CA")
                return new FieldError(
                    "name_not_delivered",
                    "write a number or a messaging service for US and CA: names do not arrive there"
                );
        }
        return null;
    }

    public static IReadOnlyList<SmsSenderOptions> Parse(string? text) =>
        [
            .. (text ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.Split('=', 2, StringSplitOptions.TrimEntries))
                .Select(parts => Create(parts[0], parts.ElementAtOrDefault(1) ?? "")),
        ];

    private static SmsSenderOptions Create(string country, string sender) =>
        sender.EndsWith(RegisteredSuffix, StringComparison.Ordinal)
            ? new(country, sender[..^RegisteredSuffix.Length].TrimEnd(), Registered: true)
            : new(country, sender, Registered: false);

    internal static bool IsGeneric(string? sender) =>
        _genericNames.Contains(sender?.Trim(), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^MG[0-9a-f]{32}\z")]
    private static partial Regex Service();

    [GeneratedRegex($@"\A(?:{Pattern})\z")]
    private static partial Regex Sender();
}
