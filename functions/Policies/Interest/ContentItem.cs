namespace Dunning.Policies.Interest;

/// <summary>What a pre-collection notice must contain.</summary>
internal enum ContentItem
{
    /// <summary>The name of the letter in the words of the law, such as "mise en demeure".</summary>
    Title,
    Date,
    Creditor,
    Debtor,

    /// <summary>
    /// What the claim rests on, so that it can be judged without looking for the old invoice: contract, delivery,
    /// number and date.
    /// </summary>
    BasisOfClaim,
    DueDate,
    Principal,
    Interest,

    /// <summary>How the interest is computed: rate, days, base.</summary>
    InterestComputation,

    /// <summary>Whether interest and charges go on.</summary>
    FurtherInterest,

    /// <summary>Each cost on its own.</summary>
    Costs,

    /// <summary>The exact amount of the costs that follow.</summary>
    ExactFurtherCosts,

    /// <summary>The highest costs that the law allows, also when less is asked.</summary>
    LegalMaximumCosts,

    /// <summary>If true: that the creditor cannot deduct VAT and adds it.</summary>
    VatNotDeductible,
    TotalAmount,

    /// <summary>The last day to pay, as a date.</summary>
    Deadline,

    /// <summary>The wording that courts accept for a time that starts with receipt.</summary>
    DeadlineFromReceipt,

    /// <summary>That collection, costs or a court follow.</summary>
    Consequence,
    HowToPay,
    HowToContest,
    HowToDiscuss,
    ReplyAddress,

    /// <summary>For a written contract: the right to a copy.</summary>
    RightToCopy,

    /// <summary>Whether and when the claim was assigned.</summary>
    Assignment,

    /// <summary>
    /// Why an offer of instalments was refused: a person writes it as the personal line, because no refusal is stored.
    /// </summary>
    InstalmentRefusalReason,
    Signature,
    EnclosedStatement,
    EnclosedInformationSheet,
    EnclosedReplyForm,
    EnclosedFinancialStatement,
}
