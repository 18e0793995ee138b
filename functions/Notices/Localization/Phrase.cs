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
        "today",
        "payBy",
        "status",
        "count",
        "days",
        "link",
        "contact",
        "part",
        "former",
        "reason",
        "by",
        "step",
        "channel",
        "total",
        "basis",
        "charges",
        "from",
        "until",
        "percent",
        "principal",
        "source",
        "issued",
        "title",
        "agency",
    ];

    private readonly string[] _parts = PlaceholderPattern().Split(text);

    public IEnumerable<string> UsedPlaceholders => _parts.Where((_, i) => IsPlaceholder(i));

    /// <summary>The text before, between and after the placeholders.</summary>
    public IEnumerable<string> FixedParts => _parts.Where((_, i) => !IsPlaceholder(i));

    /// <exception cref="ArgumentException">
    /// There is no value for a placeholder: for the date to pay by, say. A gap in the text would be worse.
    /// </exception>
    public Sentence Fill(IReadOnlyDictionary<string, IReadOnlyList<TextSpan>> values, bool rightToLeft) =>
        new(
            [
                .. _parts
                    .SelectMany((part, i) => IsPlaceholder(i) ? ValueOf(part, values) : [new TextSpan(part)])
                    .Where(span => span.Text.Length > 0),
            ],
            rightToLeft
        );

    private static IReadOnlyList<TextSpan> ValueOf(
        string placeholder,
        IReadOnlyDictionary<string, IReadOnlyList<TextSpan>> values
    ) =>
        values.GetValueOrDefault(placeholder)
        ?? throw new ArgumentException(
            $"The message has no value for {{{placeholder}}}, which its phrase names. Set it, or correct the phrase.",
            nameof(values)
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
