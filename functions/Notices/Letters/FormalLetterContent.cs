using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What a formal letter says besides what every reminder says.</summary>
internal sealed record FormalLetterContent
{
    /// <summary>The local name of a pre-collection notice, such as <c>inkassovarsel</c>; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>What ends if it is not paid; only in a termination.</summary>
    public string? Ends
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>The credit agency; only in a letter that announces a report.</summary>
    public string? Agency
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>The documents that must be attached.</summary>
    public IReadOnlyList<DocumentType> Enclosures { get; init; } = [];

    /// <summary>Interest is charged and goes on.</summary>
    public bool InterestContinues { get; init; }

    /// <summary>What will be owed for the cost of recovery, where the law wants it to be said.</summary>
    public FurtherCosts? Costs { get; init; }

    /// <summary>The days to pay, where they are counted from receipt; null where they are not.</summary>
    public int? DaysFromReceipt { get; init; }

    /// <summary>The law gives a right to a copy of the agreement.</summary>
    public bool OffersCopy { get; init; }

    /// <summary>The letter has to say whether the claim was assigned.</summary>
    public bool SaysNotAssigned { get; init; }
}

/// <param name="IncludesVat">The creditor cannot deduct it.</param>
internal sealed record FurtherCosts(Money Amount, string LegalBasis, bool IncludesVat);
