namespace Dunning.Notices.Localization;

/// <summary>Phrases about interest, fixed sums and fees.</summary>
/// <param name="Interest">One of <c>charges</c>: interest up to a day.</param>
/// <param name="FixedSum">One of <c>charges</c>: the fixed sum for the cost of recovery.</param>
/// <param name="ReminderFee">One of <c>charges</c>: a fee.</param>
/// <param name="Included">What the amount of an invoice includes.</param>
/// <param name="MayCharge">What the law would allow to be added, and that it was not.</param>
/// <param name="Announced">What will be added, and by when it can be paid without.</param>
/// <param name="Line">One line of the computation of interest.</param>
/// <param name="Days">How many days the line covers.</param>
/// <param name="Percent">A rate.</param>
/// <param name="RateUnknown">From which day no rate is known.</param>
/// <param name="LastKnownRate">The last known rate was used.</param>
internal sealed record ChargePhrases(
    Phrase Interest,
    Phrase FixedSum,
    Phrase ReminderFee,
    Phrase Included,
    Phrase MayCharge,
    Phrase Announced,
    Phrase Line,
    PluralPhrase Days,
    Phrase Percent,
    Phrase RateUnknown,
    Phrase LastKnownRate
);
