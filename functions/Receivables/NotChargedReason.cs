namespace Dunning.Receivables;

/// <summary>Why interest, a fixed sum or a fee is not charged. In words: <see cref="ReasonText"/>.</summary>
public enum NotChargedReason
{
    /// <summary>It is not known which country's law applies.</summary>
    LawUnknown,

    /// <summary>The country's rules are not verified.</summary>
    NotVerified,

    /// <summary>The country's law knows no such charge.</summary>
    NoRule,

    /// <summary>The rule depends on whether the customer is a business, which is not known.</summary>
    KindUnknown,

    /// <summary>The law allows it between businesses only.</summary>
    NotForConsumers,

    /// <summary>It had to be agreed before the debt arose.</summary>
    NotAgreed,
    TooSoonAfterDue,
    TooSoonAfterReminder,

    /// <summary>As many as the law allows were charged before.</summary>
    TooMany,

    /// <summary>The law names the amount in another currency; amounts are never converted.</summary>
    CurrencyDiffers,

    /// <summary>The rate of the day is not known.</summary>
    RateUnknown,

    /// <summary>The amount of the day is not known.</summary>
    AmountUnknown,

    /// <summary>A letter that must come first was not sent, or its time has not passed.</summary>
    NoticeMissing,

    /// <summary>No message before this one said that it will be charged.</summary>
    NotAnnounced,
    Disputed,

    /// <summary>The agreed rate is below the lowest that may be agreed.</summary>
    BelowFloor,

    /// <summary>The agreed rate is above that of the law, which may not be exceeded.</summary>
    AboveLegalRate,
}
