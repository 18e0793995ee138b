using System.Text.RegularExpressions;

namespace Dunning.Notices.Localization;

/// <summary>A sentence of a language file with places for facts: <c>Invoice {number} is due on {date}</c>.</summary>
internal sealed partial class Phrase(string text)
{
    /// <summary>What a phrase may name; anything else in a language file is a start-up error.</summary>
    public static readonly IReadOnlyCollection<string> Places =
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

    private readonly string[] _parts = Place().Split(text);

    public IEnumerable<string> PlacesUsed => _parts.Where((_, i) => IsPlace(i));

    public Sentence Fill(IReadOnlyDictionary<string, IReadOnlyList<TextSpan>> facts, bool rightToLeft) =>
        new(
            [
                .. _parts
                    .SelectMany((part, i) => IsPlace(i) ? facts[part] : [new TextSpan(part)])
                    .Where(run => run.Text.Length > 0),
            ],
            rightToLeft
        );

    // Regex.Split with one group: text, place, text, place, ... text.
    private static bool IsPlace(int index) => index % 2 == 1;

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}

/// <summary>One phrase for each plural category of its language.</summary>
internal sealed class PluralPhrase(PluralRule rule, IReadOnlyDictionary<string, Phrase> forms)
{
    public Phrase For(long count) => forms[rule.Category(count)];
}
