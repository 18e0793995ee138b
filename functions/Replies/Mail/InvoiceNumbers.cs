using System.Text.RegularExpressions;

namespace Dunning.Replies.Mail;

/// <summary>The numbers of invoices in what a customer wrote.</summary>
internal static partial class InvoiceNumbers
{
    /// <summary>A shorter number stands in texts that are not about it.</summary>
    private const int MinLength = 3;

    /// <summary>Each is looked up.</summary>
    private const int MaxCandidates = 25;

    /// <summary>Whether the text names the number, as a word of its own.</summary>
    public static bool Names(string text, string number)
    {
        if (number.Length < MinLength)
            return false;
        for (
            var at = text.IndexOf(number, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(number, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + number.Length;
            if (
                (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end]))
            )
                return true;
        }
        return false;
    }

    /// <summary>The words that may be a number: each with a digit, the first ones of the text.</summary>
    public static IReadOnlyList<string> Candidates(string text) =>
        [
            .. Words()
                .Matches(text)
                .Select(match => match.Value.TrimEnd('.', '-', '/', '_'))
                .Where(word => word.Length >= MinLength && word.Any(char.IsDigit))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MaxCandidates),
        ];

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}/_.#-]{1,39}")]
    private static partial Regex Words();
}
