namespace Dunning.Notices.Localization;

/// <summary>What an account manager is asked to do.</summary>
/// <param name="AnswerSms">A customer's text message is to be answered: its sender and words.</param>
/// <param name="Answer">The same of an answer on the portal, which has no sender.</param>
/// <param name="MayOptOut">After one of them: it may be a STOP.</param>
internal sealed record TaskPhrases(
    Phrase PaymentMissing,
    Phrase CollectionUnknown,
    Phrase RetainerUsedUp,
    Phrase NoAddressLeft,
    Phrase OnlyChannelOptedOut,
    Phrase AnswerSms,
    Phrase AnswerEmail,
    Phrase Answer,
    Phrase MayOptOut
);
