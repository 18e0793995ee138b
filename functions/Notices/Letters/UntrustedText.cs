using System.Globalization;
using System.Text;
using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>Makes text from outside (names, numbers, notes) safe for one line of a message.</summary>
internal static class UntrustedText
{
    /// <summary>
    /// One line of well-formed Unicode. Line breaks and tabs become spaces (no header injection). Control characters
    /// and invisible characters are removed.
    /// </summary>
    public static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        // EnumerateRunes yields U+FFFD for a lone surrogate.
        foreach (var rune in InvisibleCharacters.Remove(text).EnumerateRunes())
        {
            if (IsLineBreakOrTab(rune))
                cleaned.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control)
                cleaned.Append(rune.ToString());
        }
        return string.Join(' ', cleaned.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The same, and null for an empty text, so that whoever uses it needs to test for null only.</summary>
    public static string? CleanOrNull(string? text) =>
        text is null || Clean(text) is not { Length: > 0 } cleaned ? null : cleaned;

    /// <summary>The URL if it is an absolute https URL, else null.</summary>
    public static string? SafeLink(string? url) =>
        // Uri leaves non-ASCII characters only in the host, where they may be invalid code points.
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && Ascii.IsValid(uri.AbsoluteUri)
            ? uri.AbsoluteUri
            : null;

    private static bool IsLineBreakOrTab(Rune rune) =>
        rune.Value is '\t' or '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2028 or 0x2029;
}
