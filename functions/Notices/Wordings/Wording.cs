using Dunning.Receivables;

namespace Dunning.Notices.Wordings;

/// <summary>The creditor's own texts in one language for the messages of one policy.</summary>
/// <param name="Version">From 1; each change makes a new one, and all are kept.</param>
/// <param name="Phrases">
/// By their path in the language file, as in <c>letters.friendly.request</c>; the others are as they are shipped.
/// </param>
public sealed record Wording(
    string Policy,
    string Language,
    int Version,
    DateTimeOffset At,
    string By,
    IReadOnlyDictionary<string, string> Phrases
) : StoredRecord;
