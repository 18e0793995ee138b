namespace Dunning.Notices.Wordings;

/// <summary>A version in the responses about own texts.</summary>
/// <param name="Phrases">Only those that differ from the shipped ones.</param>
internal sealed record WordingView(
    int Version,
    DateTimeOffset At,
    string By,
    IReadOnlyDictionary<string, string> Phrases
)
{
    /// <summary>Null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public static WordingView Create(Wording wording, IReadOnlyList<string> warnings) =>
        new(wording.Version, wording.At, wording.By, wording.Phrases)
        {
            Warnings = warnings.Count > 0 ? warnings : null,
        };
}
