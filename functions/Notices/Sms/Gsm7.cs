using System.Collections.Frozen;
using System.Text;
using Dunning.Notices.Letters;

namespace Dunning.Notices.Sms;

/// <summary>
/// The alphabet that lets an SMS hold 160 characters (3GPP TS 23.038 section 6.2.1), and how many messages a text
/// becomes.
/// </summary>
internal static class Gsm7
{
    private const int OneGsmMessage = 160;
    private const int GsmPart = 153;
    private const int OneUnicodeMessage = 70;
    private const int UnicodePart = 67;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ "
        + "!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Sent as an escape and a second character: two places each.</summary>
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> _onePlace = Basic.ToFrozenSet();
    private static readonly FrozenSet<char> _twoPlaces = Extension.ToFrozenSet();

    private static readonly FrozenDictionary<char, string> _lookAlikes = new (string Found, string Written)[]
    {
        ("\t\u00A0\u2007\u2009\u202F", " "),
        ("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        ("`\u00B4\u2018\u2019\u201A\u201B\u2032", "'"),
        ("\u201C\u201D\u201E\u2033", "\""),
        ("\u2026", "..."),
        ("\u00AD\u200B\uFEFF", ""),
    }
        .SelectMany(pair => pair.Found.Select(c => KeyValuePair.Create(c, pair.Written)))
        .ToFrozenDictionary();

    /// <summary>The body as it is, with the number of messages it becomes.</summary>
    public static SmsText Measure(string body)
    {
        var isGsm = body.All(c => _onePlace.Contains(c) || _twoPlaces.Contains(c));
        var places = isGsm
            ? body.Select(c => _twoPlaces.Contains(c) ? 2 : 1)
            : body.EnumerateRunes().Select(rune => rune.Utf16SequenceLength);
        return new SmsText(
            body,
            isGsm ? Messages(places, OneGsmMessage, GsmPart) : Messages(places, OneUnicodeMessage, UnicodePart),
            isGsm
        );
    }

    /// <summary>
    /// Replaces characters that only look different in print (dashes, quotes, narrow spaces) and would make a text cost
    /// twice as much.
    /// </summary>
    public static string Normalise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (_lookAlikes.TryGetValue(c, out var same))
                plain.Append(same);
            else
                plain.Append(c);
        }
        return plain.ToString();
    }

    /// <summary>
    /// A part is never cut inside an escape pair or a surrogate pair, so it may stay one place short.
    /// </summary>
    private static int Messages(IEnumerable<int> places, int whole, int part)
    {
        var (messages, used, total) = (1, 0, 0);
        foreach (var size in places)
        {
            total += size;
            if (used + size > part)
                (messages, used) = (messages + 1, 0);
            used += size;
        }
        return total <= whole ? 1 : messages;
    }
}
