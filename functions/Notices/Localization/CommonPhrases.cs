namespace Dunning.Notices.Localization;

/// <summary>Phrases that all tones share. A plural name stands for the phrase about several invoices.</summary>
/// <param name="Person">How the name of a person is written; that of a company stands alone.</param>
/// <param name="CopyToManagement">Why the customer's management gets a copy.</param>
/// <param name="CopyManagerCopied">To the management: the account manager gets the copy, too.</param>
/// <param name="CopyToManager">Why the creditor's account manager gets a copy.</param>
/// <param name="CopyHeading">Above the quoted message: its date and its recipient.</param>
/// <param name="MoreInvoices">Of a list that is cut: how many more there are and their sum.</param>
/// <param name="AskForAccount">For an invoice that neither an account nor a link to pay is known for.</param>
/// <param name="QuestionsOnPaper">In place of <paramref name="Questions"/> where nobody can just reply.</param>
/// <param name="AskForListOnPaper">Below a list that is cut.</param>
/// <param name="OfferPlan">Of a step that offers instalments.</param>
/// <param name="SmsBare">The shortest SMS: creditor, invoice and amount.</param>
/// <param name="SmsPortal">After the text of an SMS: the link to the customer's pages.</param>
/// <param name="SmsHelp">The answer to HELP: the creditor and the contact.</param>
/// <param name="SmsStopped">The answer to STOP.</param>
internal sealed record CommonPhrases(
    Phrase Person,
    Phrase Greeting,
    Phrase CopySubject,
    Phrase CopyToManagement,
    Phrase CopyManagementRequest,
    Phrase CopyManagerCopied,
    Phrase CopyToManager,
    Phrase CopyManagerRequest,
    Phrase CopyHeading,
    Phrase Preheader,
    PluralPhrase Preheaders,
    PluralPhrase MoreInvoices,
    Phrase AlreadyPaid,
    Phrase AskForAccount,
    Phrase Questions,
    Phrase QuestionsOnPaper,
    Phrase AskForAccountOnPaper,
    Phrase AskForListOnPaper,
    Phrase OfferPlan,
    Phrase SignOff,
    PluralPhrase Overdue,
    PluralPhrase DueIn,
    Phrase DueToday,
    Phrase PayAmount,
    Phrase SmsBare,
    PluralPhrase SmsBares,
    Phrase SmsLink,
    Phrase SmsPortal,
    Phrase SmsHelp,
    Phrase SmsStopped
);
