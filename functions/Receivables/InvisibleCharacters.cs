using System.Buffers;
using System.Text;

namespace Dunning.Receivables;

/// <summary>
/// Characters that are not visible. They make different names and numbers look alike, and an empty name look like
/// one.
/// </summary>
internal static class InvisibleCharacters
{
    /// <summary>
    /// The text without them. The joiners U+200C and U+200D, which Persian, Indic scripts and emoji need, and
    /// variation selectors stay; a text of nothing else is empty.
    /// </summary>
    public static string Remove(string text)
    {
        var kept = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            // Half a surrogate pair stays: its readers decide about it.
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) is OperationStatus.Done;
            if (!isWhole || !Contains(rune))
                kept.Append(text, at, length);
            at += length;
        }
        var visible = kept.Length == text.Length ? text : kept.ToString();
        return visible.EnumerateRunes().All(OnlyShapes) ? "" : visible;
    }

    /// <summary>
    /// Bidirectional controls, which can make an amount read backwards, fillers and blanks that are no white space,
    /// tags, annotations and non-characters.
    /// </summary>
    public static bool Contains(Rune rune) =>
        rune.Value
            is 0x00AD
                or 0x061C
                or 0x180E
                or 0x200B
                or 0x200E
                or 0x200F
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0x2800
                or 0x3164
                or (>= 0xFDD0 and <= 0xFDEF)
                or 0xFEFF
                or 0xFFA0
                or (>= 0xFFF9 and <= 0xFFFB)
                or (>= 0xE0000 and <= 0xE007F)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    /// <summary>Shapes the characters beside it, and shows nothing alone.</summary>
    private static bool OnlyShapes(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x200C
                or 0x200D
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0100 and <= 0xE01EF);
}
