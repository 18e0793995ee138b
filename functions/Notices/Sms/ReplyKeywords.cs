using System.Collections.Frozen;
using System.Text;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// What a text message from a customer means: a whole message that is one of these words, in whatever case (Twilio's,
/// Telnyx's and AWS's lists, and the words of the languages we write in). Every language's words are heeded in all:
/// people answer in their own.
/// </summary>
internal static class ReplyKeywords
{
    /// <summary>
    /// Twilio acts on these by itself, and answers them (twilio.com/docs/messaging/tutorials/advanced-opt-out).
    /// </summary>
    private static readonly FrozenSet<string> _twiliosOwn = Set(
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

    /// <param name="optOutType">Twilio's own reading, where its Advanced Opt-Out is on: it has its own lists.</param>
    public static ReplyMeaning Read(string body, string? optOutType) =>
        (optOutType?.ToUpperInvariant(), FirstWord(body)) switch
        {
            ("STOP", _) => ReplyMeaning.Stop,
            ("START", _) => ReplyMeaning.Start,
            ("HELP", _) => ReplyMeaning.Help,
            (_, var word) when _stopWords.Contains(word) => ReplyMeaning.Stop,
            (_, var word) when _startWords.Contains(word) => ReplyMeaning.Start,
            (_, var word) when _helpWords.Contains(word) => ReplyMeaning.Help,
            _ => ReplyMeaning.Message,
        };

    public static bool IsAnsweredByTwilio(string body, string? optOutType) =>
        !string.IsNullOrEmpty(optOutType) || _twiliosOwn.Contains(FirstWord(body));

    /// <summary>
    /// "Please stop", "don't text me, cancel": no word of its own, but a person should take it for one.
    /// </summary>
    public static bool MayMeanStop(string body) =>
        FirstWord(body)
            .Split([' ', ',', '.', '!', '?', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Any(_stopWords.Contains)
        || _stopPhrases.Any(plea => FirstWord(body).Replace('’', '\'').Contains(plea, StringComparison.Ordinal));

    /// <summary>Without the white space, quotes and full stops that phones add.</summary>
    private static string FirstWord(string body) =>
        UntrustedText
            .Clean(body.Normalize(NormalizationForm.FormC))
            .Trim(' ', '.', '!', '"', '\'', '“', '”', '«', '»')
            .ToUpperInvariant();

    private static FrozenSet<string> Set(string words, params string[] more) =>
        words.Split(' ').Concat(more).ToFrozenSet(StringComparer.Ordinal);
}
