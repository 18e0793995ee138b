using System.Globalization;

namespace Dunning.Payments.Webhooks;

/// <summary>Text of a provider that we keep: references for finding the invoice, words for people.</summary>
internal static class References
{
    /// <summary>
    /// No invoice of ours has a longer number or id (facts of the inbound contract): what is longer refers to nothing.
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

    /// <summary>One line, cut between what a reader sees as characters.</summary>
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
