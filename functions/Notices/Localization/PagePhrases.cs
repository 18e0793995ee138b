namespace Dunning.Notices.Localization;

/// <summary>The words of the owner's or the customers' pages, by key: <c>invoice.title</c>.</summary>
/// <param name="Counted">Phrases with a form for each plural category.</param>
internal sealed record PagePhrases(
    IReadOnlyDictionary<string, Phrase> Phrases,
    IReadOnlyDictionary<string, PluralPhrase> Counted
)
{
    /// <summary>A text without placeholders.</summary>
    /// <exception cref="KeyNotFoundException">The language has no such key.</exception>
    public string Text(string key) =>
        Phrases[key].Fill(new Dictionary<string, IReadOnlyList<TextSpan>>(), false).ToPlain();
}
