using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Wordings;

/// <summary>
/// Whether a text is in another language, by the words of the shipped texts: enough to notice that the German text was
/// pasted into the Danish field.
/// </summary>
internal static partial class LanguageGuess
{
    /// <summary>Names and a single common word prove nothing.</summary>
    private const int MinWords = 3;

    private static readonly Lazy<FrozenDictionary<string, FrozenSet<string>>> _words = new(() =>
        Language.Shipped.ToFrozenDictionary(
            language => language.Tag,
            language => LanguageFile.TextsOf(language).Values.SelectMany(WordsOf).ToFrozenSet(StringComparer.Ordinal)
        )
    );

    /// <returns>The tag of the language; null where the text may be in the right one.</returns>
    public static string? OtherThan(Language language, string text)
    {
        IReadOnlyList<string> words = [.. WordsOf(text).Distinct()];
        if (words.Count < MinWords)
            return null;
        var own = Share(language.Tag);
        var best = _words.Value.Keys.Where(tag => tag != language.Tag).MaxBy(Share)!;
        return Share(best) >= 0.5 && Share(best) - own >= 0.34 ? best : null;

        double Share(string tag) => (double)words.Count(_words.Value[tag].Contains) / words.Count;
    }

    private static IEnumerable<string> WordsOf(string text) =>
        from part in new Phrase(text).FixedParts
        from match in WordPattern().Matches(part)
        select match.Value.ToLowerInvariant();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex WordPattern();
}
