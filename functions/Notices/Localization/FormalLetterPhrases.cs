namespace Dunning.Notices.Localization;

/// <summary>Phrases of the formal letters.</summary>
/// <param name="Claim">What the claim rests on.</param>
/// <param name="Notice">What the letter is, in the words of the law.</param>
/// <param name="Object">How to object.</param>
/// <param name="Collection">What follows.</param>
/// <param name="FurtherInterest">Interest goes on.</param>
/// <param name="Ends">What ends, and when.</param>
/// <param name="Keep">How to keep it.</param>
/// <param name="Report">To whom it will be reported.</param>
/// <param name="NoReport">What is not reported, or is taken back.</param>
/// <param name="Costs">What the law lets be charged after the deadline.</param>
/// <param name="Vat">Those costs include VAT.</param>
/// <param name="Receipt">From when the days count.</param>
/// <param name="Copy">The right to a copy of the agreement.</param>
/// <param name="Assigned">The claim is still the creditor's own.</param>
internal sealed record FormalLetterPhrases(
    Phrase Claim,
    Phrase Notice,
    Phrase Object,
    Phrase Collection,
    Phrase FurtherInterest,
    Phrase Ends,
    Phrase Keep,
    Phrase Report,
    Phrase NoReport,
    Phrase Costs,
    Phrase Vat,
    Phrase Receipt,
    Phrase Copy,
    Phrase Assigned
);
