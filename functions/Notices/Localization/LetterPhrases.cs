namespace Dunning.Notices.Localization;

/// <summary>What a mail of one kind says: about one invoice, or (the plural ones) about several.</summary>
/// <param name="Ask">What the reader is asked to do.</param>
internal sealed record LetterPhrases(
    Phrase Subject,
    PluralPhrase Subjects,
    Phrase Heading,
    Phrase Opening,
    PluralPhrase Openings,
    Phrase Ask
);
