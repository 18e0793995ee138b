using System.Text.RegularExpressions;

namespace Dunning.Notices.Localization;

/// <summary>A text of a language file with placeholders: <c>Invoice {number} is due on {date}</c>.</summary>
internal sealed partial class Phrase(string text)
{
    /// <summary>The allowed placeholders; any other one in a language file stops the start.</summary>
    public static readonly IReadOnlyCollection<string> Placeholders =
    [
        "name",
        "subject",
        "company",
        "customer",
        "number",
        "amount",
        "date",
        "payBy",
        "status",
        "count",
        "days",
        "link",
        "contact",
    ];

    private readonly string[] _parts = PlaceholderPattern().Split(text);

    public IEnumerable<string> UsedPlaceholders => _parts.Where((_, i) => IsPlaceholder(i));

    public Sentence Fill(IReadOnlyDictionary<string, IReadOnlyList<TextSpan>> values, bool rightToLeft) =>
        new(
            [
                .. _parts
                    .SelectMany((part, i) => IsPlaceholder(i) ? values[part] : [new TextSpan(part)])
                    .Where(span => span.Text.Length > 0),
            ],
            rightToLeft
        );

    // Regex.Split with one group returns text, placeholder, text, placeholder, … text.
    private static bool IsPlaceholder(int index) => index % 2 == 1;

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();
}

/// <summary>One phrase for each plural category of its language.</summary>
internal sealed class PluralPhrase(PluralRule rule, IReadOnlyDictionary<string, Phrase> forms)
{
    public Phrase For(long count) => forms[rule.Category(count)];
}
