using System.Globalization;

namespace Dunning.Payments.Webhooks;

/// <summary>Cleans texts of a provider that are stored: references to an invoice, and notes for people.</summary>
internal static class References
{
    /// <summary>
    /// Invoices with longer numbers or ids are not accepted, so a longer reference cannot match any.
    /// </summary>
    private const int MaxLength = 128;
    private const int MaxNoteLength = 200;

    public static IReadOnlyList<string> Normalize(IEnumerable<string?> candidates) =>
        [
            .. candidates
                .OfType<string>()
                .Select(text => text.Trim())
                .Where(text => text.Length is > 0 and <= MaxLength)
                .Distinct(),
        ];

    /// <summary>One line of limited length; no visible character (grapheme cluster) is split.</summary>
    public static string? Note(string? text)
    {
        if (text is null)
            return null;
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        if (line.Length <= MaxNoteLength)
            return line;
        var starts = StringInfo.ParseCombiningCharacters(line);
        return line[..starts.Last(start => start < MaxNoteLength)] + "…";
    }
}
