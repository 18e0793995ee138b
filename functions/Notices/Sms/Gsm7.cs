using System.Collections.Frozen;
using System.Text;

namespace Dunning.Notices.Sms;

/// <summary>
/// The GSM 7-bit alphabet, with which an SMS holds 160 characters (3GPP TS 23.038 section 6.2.1), and the number of
/// segments of a text.
/// </summary>
internal static class Gsm7
{
    private const int MaxSingleGsm = 160;
    private const int GsmSegment = 153;
    private const int MaxSingleUcs2 = 70;
    private const int Ucs2Segment = 67;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ "
        + "!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Encoded as an escape and a second character: two units each.</summary>
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> _oneUnit = Basic.ToFrozenSet();
    private static readonly FrozenSet<char> _twoUnits = Extension.ToFrozenSet();

    private static readonly FrozenDictionary<char, string> _replacements = new (string Originals, string Replacement)[]
    {
        ("\t\u00A0\u2007\u2009\u202F", " "),
        ("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        ("`\u00B4\u2018\u2019\u201A\u201B\u2032", "'"),
        ("\u201C\u201D\u201E\u2033", "\""),
        ("\u2026", "..."),
        ("\u00AD\u200B\uFEFF", ""),
    }
        .SelectMany(pair => pair.Originals.Select(c => KeyValuePair.Create(c, pair.Replacement)))
        .ToFrozenDictionary();

    /// <summary>The unchanged body with its number of segments.</summary>
    public static SmsText Measure(string body)
    {
        var isGsm = body.All(c => _oneUnit.Contains(c) || _twoUnits.Contains(c));
        var units = isGsm
            ? body.Select(c => _twoUnits.Contains(c) ? 2 : 1)
            : body.EnumerateRunes().Select(rune => rune.Utf16SequenceLength);
        return new SmsText(
            body,
            isGsm ? CountSegments(units, MaxSingleGsm, GsmSegment) : CountSegments(units, MaxSingleUcs2, Ucs2Segment),
            isGsm
        );
    }

    /// <summary>
    /// Replaces characters outside the alphabet by similar ones (dashes, quotes, narrow spaces): a single one would
    /// halve the characters per segment.
    /// </summary>
    public static string Normalise(string text)
    {
        var normalised = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (_replacements.TryGetValue(c, out var replacement))
                normalised.Append(replacement);
            else
                normalised.Append(c);
        }
        return normalised.ToString();
    }

    /// <summary>
    /// A segment never ends inside an escape pair or a surrogate pair, so its last unit may stay unused.
    /// </summary>
    private static int CountSegments(IEnumerable<int> units, int single, int segment)
    {
        var (segments, used, total) = (1, 0, 0);
        foreach (var size in units)
        {
            total += size;
            if (used + size > segment)
                (segments, used) = (segments + 1, 0);
            used += size;
        }
        return total <= single ? 1 : segments;
    }
}
