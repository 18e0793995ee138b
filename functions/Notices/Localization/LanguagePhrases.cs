
namespace Dunning.Notices.Localization;

/// <summary>What a mail of one kind says: about one invoice, or (the plural ones) about several.</summary>
/// <param name="Ask">What the reader is asked to do.</param>
public sealed record LetterPhrases(
    Phrase Subject,
    PluralPhrase Subjects,
    Phrase Heading,
    Phrase Opening,
    PluralPhrase Openings,
    Phrase Ask);

/// <summary>What an SMS of one kind says.</summary>
/// <param name="Brief">The same with fewer words, for when names or numbers are long.</param>
public sealed record SmsPhrases(Phrase OneInvoice, Phrase Brief, PluralPhrase Several);

/// <summary>Sentences that every kind shares.</summary>
/// <param name="SmsBare">The least an SMS may say: who, which invoice, how much.</param>
/// <param name="SmsHelp">The answer to HELP: who writes and whom to ask.</param>
/// <param name="SmsStopped">The one answer to a wish for no more text messages.</param>
public sealed record CommonPhrases(
    Phrase Greeting,
    Phrase CopySubject,
    Phrase CopyNote,
    Phrase Preheader,
    PluralPhrase Preheaders,
    Phrase AlreadyPaid,
    Phrase Questions,
    Phrase SignOff,
    PluralPhrase Overdue,
    PluralPhrase DueIn,
    Phrase DueToday,
    Phrase PayAmount,
    Phrase SmsBare,
    PluralPhrase SmsBares,
    Phrase SmsLink,
    Phrase SmsHelp,
    Phrase SmsStopped);
