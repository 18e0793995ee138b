namespace Dunning.Notices.Localization;

/// <summary>Phrases about what has been agreed on an invoice.</summary>
/// <param name="PartOf">An invoice of which the message asks for a part: its number and the part's.</param>
/// <param name="Part">One part of a plan.</param>
/// <param name="PartBy">What is paid by when.</param>
/// <param name="PartOn">What is paid after which event.</param>
/// <param name="Later">What falls due later.</param>
/// <param name="Discount">What is enough when it is paid by a day.</param>
/// <param name="PlanRule">In the confirmation of a plan: what follows when a part is missed.</param>
/// <param name="PlanWarning">In the reminder of a part: until when it can be paid before that follows.</param>
/// <param name="PlanBroken">Why all of the rest is asked for.</param>
/// <param name="Raised">An amount that has changed, old and new side by side.</param>
/// <param name="RaisedBecause">The same with the reason.</param>
/// <param name="PromisedOn">In a statement: the day of a promise to pay.</param>
/// <param name="AboutInvoice">The opening of a task that is not about a missing payment.</param>
internal sealed record AgreementPhrases(
    Phrase PartOf,
    Phrase Part,
    Phrase PartBy,
    Phrase PartOn,
    Phrase Later,
    Phrase Discount,
    PluralPhrase PlanRule,
    Phrase PlanWarning,
    Phrase PlanBroken,
    Phrase Raised,
    Phrase RaisedBecause,
    Phrase AboutInvoice,
    Phrase PromisedOn
);
