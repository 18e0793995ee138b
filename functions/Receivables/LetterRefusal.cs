namespace Dunning.Receivables;

/// <summary>Why a formal letter may not be sent. In words: <see cref="ReasonText"/>.</summary>
public enum LetterRefusal
{
    /// <summary>It is not known that the law allows it.</summary>
    LawUnknown,

    /// <summary>The law depends on whether the customer is a business, which is not known.</summary>
    KindUnknown,

    /// <summary>The law names documents that must be enclosed, and the invoice does not have all of them.</summary>
    EnclosuresMissing,

    /// <summary>What must be enclosed is larger than a message may be.</summary>
    EnclosuresTooLarge,

    /// <summary>The reminders that must come first were not sent, or are too recent.</summary>
    TooEarly,
    AmountTooLow,
    Disputed,

    /// <summary>None of the ways in which such a letter may go leads to the customer.</summary>
    NoAddress,
}
