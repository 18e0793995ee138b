namespace Dunning.Notices.Localization;

/// <summary>
/// Phrases of an email in one tone. A plural name stands for the phrase about several invoices.
/// </summary>
/// <param name="Request">What the recipient has to do.</param>
internal sealed record LetterPhrases(
    Phrase Subject,
    PluralPhrase Subjects,
    Phrase Heading,
    Phrase Opening,
    PluralPhrase Openings,
    Phrase Request
);
