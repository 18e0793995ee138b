using System.Globalization;
using System.Text;

namespace Dunning.Notices.Letters;

/// <summary>Text that others wrote (names, numbers, notes) made fit for a line of a message.</summary>
internal static class UntrustedText
{
    /// <summary>
    /// One line of well-formed Unicode: line breaks and tabs become spaces (no header injection), bidi controls go
    /// (no turned-around amounts), so do control characters and what XML cannot hold.
    /// </summary>
    public static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        // EnumerateRunes yields U+FFFD for a lone surrogate.
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBreak(rune))
                kept.Append(' ');
            else if (!IsUnwanted(rune))
                kept.Append(rune.ToString());
        }
        return string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The address of an https link, or null for anything else a source may have put there.</summary>
    public static string? SafeLink(string? url) =>
        // What Uri leaves beyond ASCII stands in the host, and may be no character at all.
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && Ascii.IsValid(uri.AbsoluteUri)
            ? uri.AbsoluteUri
            : null;

    private static bool IsBreak(Rune rune) =>
        rune.Value is '\t' or '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2028 or 0x2029;

    private static bool IsUnwanted(Rune rune) =>
        IsBidiControl(rune.Value)
        || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;

    private static bool IsBidiControl(int c) =>
        c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
