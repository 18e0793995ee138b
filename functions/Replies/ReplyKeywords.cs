using System.Collections.Frozen;
using System.Text;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Replies;

/// <summary>
/// The meaning of a received SMS. A keyword counts only as the whole message, in any case. The keywords are those of
/// Twilio, Telnyx and AWS, and of the languages of the messages; all apply to every customer, because people answer in
/// their own language.
/// </summary>
internal static class ReplyKeywords
{
    /// <summary>
    /// Twilio processes and answers these itself (twilio.com/docs/messaging/tutorials/advanced-opt-out).
    /// </summary>
    private static readonly FrozenSet<string> _answeredByTwilio = Set(
        "STOP UNSUBSCRIBE END QUIT STOPALL REVOKE OPTOUT CANCEL START YES UNSTOP"
    );

    private static readonly FrozenSet<string> _stopWords = Set(
        "STOP UNSUBSCRIBE END QUIT STOPALL REVOKE OPTOUT OPT-OUT CANCEL REMOVE TD AFMELD FRAMELD STOPP ABMELDEN "
            + "ARRET ARRÊT BAJA ALTO BATAL HENTI BERHENTI СТОП ОТПИСАТЬСЯ הסר",
        "STOP ALL",
        "OPT OUT"
    );

    private static readonly string[] _stopPhrases =
    [
        "DON'T TEXT",
        "DO NOT TEXT",
        "DON'T MESSAGE",
        "DO NOT MESSAGE",
        "DON'T CONTACT",
        "DO NOT CONTACT",
        "NO MORE TEXTS",
        "NO MORE MESSAGES",
    ];

    private static readonly FrozenSet<string> _startWords = Set("START YES UNSTOP");
    private static readonly FrozenSet<string> _helpWords = Set("HELP INFO HJÆLP HILFE AIDE AYUDA BANTUAN ПОМОЩЬ עזרה");

    /// <param name="optOutType">Twilio's classification, if Advanced Opt-Out is enabled; it takes precedence.</param>
    public static ReplyMeaning Read(string body, string? optOutType) =>
        (optOutType?.ToUpperInvariant(), Normalise(body)) switch
        {
            ("STOP", _) => ReplyMeaning.Stop,
            ("START", _) => ReplyMeaning.Start,
            ("HELP", _) => ReplyMeaning.Help,
            (_, var keyword) when _stopWords.Contains(keyword) => ReplyMeaning.Stop,
            (_, var keyword) when _startWords.Contains(keyword) => ReplyMeaning.Start,
            (_, var keyword) when _helpWords.Contains(keyword) => ReplyMeaning.Help,
            _ => ReplyMeaning.Message,
        };

    public static bool IsAnsweredByTwilio(string body, string? optOutType) =>
        !string.IsNullOrEmpty(optOutType) || _answeredByTwilio.Contains(Normalise(body));

    /// <summary>
    /// For example "please stop" or "don't text me": not a keyword, but a person should read it as a possible STOP.
    /// </summary>
    public static bool MayMeanStop(string body) =>
        Normalise(body)
            .Split([' ', ',', '.', '!', '?', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Any(_stopWords.Contains)
        || _stopPhrases.Any(phrase => Normalise(body).Replace('’', '\'').Contains(phrase, StringComparison.Ordinal));

    /// <summary>The text in upper case, without the white space, quotes and full stops that phones add.</summary>
    private static string Normalise(string body) =>
        UntrustedText
            .Clean(body)
            .Normalize(NormalizationForm.FormC)
            .Trim(' ', '.', '!', '"', '\'', '“', '”', '«', '»')
            .ToUpperInvariant();

    private static FrozenSet<string> Set(string words, params string[] more) =>
        words.Split(' ').Concat(more).ToFrozenSet(StringComparer.Ordinal);
}
