using System.Text.RegularExpressions;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>What a payer wrote, cut into what can be an invoice number.</summary>
internal static partial class BankText
{
    /// <summary>A text has 140 characters; more words than these are no reference.</summary>
    private const int MaxNumbers = 20;

    private const int MinLength = 3;

    /// <summary>Years, days and quantities are as short: they count only with the exact amount.</summary>
    private const int MinDigits = 5;

    /// <summary>Each with a digit; a word that joins several with a slash or comma is also cut there.</summary>
    public static IReadOnlyList<string> NumbersIn(string text) =>
        [
            .. WordPattern()
                .Matches(text)
                .Select(word => word.Value)
                .SelectMany(word => word.Split('/') is { Length: > 1 } parts ? parts.Prepend(word) : [word])
                .SelectMany(word =>
                    LabelPattern().Match(word) is { Success: true } label
                        ? [word, label.Groups[1].Value]
                        : new[] { word }
                )
                .Select(word => word.Trim('.', '-', '/', '#'))
                .Where(word => word.Length >= MinLength && word.Any(char.IsDigit))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MaxNumbers),
        ];

    public static bool IsWeak(string number) => number.Length < MinDigits && number.All(char.IsAsciiDigit);

    /// <summary>Names that differ in capitals, blanks and punctuation are one.</summary>
    public static string NameKey(string name) => string.Concat(Ids.Fold(name).Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}./#\-_]*")]
    private static partial Regex WordPattern();

    /// <summary>As in <c>Nr.4711</c>.</summary>
    [GeneratedRegex(@"^\p{L}+\.(.+)$")]
    private static partial Regex LabelPattern();
}
