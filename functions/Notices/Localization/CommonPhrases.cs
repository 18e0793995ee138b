namespace Dunning.Notices.Localization;

/// <summary>Sentences that every kind shares.</summary>
/// <param name="SmsBare">The least an SMS may say: who, which invoice, how much.</param>
/// <param name="SmsHelp">The answer to HELP: who writes and whom to ask.</param>
/// <param name="SmsStopped">The one answer to a wish for no more text messages.</param>
internal sealed record CommonPhrases(
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
    Phrase SmsStopped
);
