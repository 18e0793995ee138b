using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What was agreed on interest and fees with the customers of a policy.</summary>
public sealed record LateChargeTerms
{
    /// <summary>
    /// The law that applies: ISO 3166-1 alpha-2, or EU. Null: towards a business that of the creditor's country (Rome
    /// I, Regulation 593/2008 art. 4(1)), towards a consumer that of the customer's (art. 6(1)).
    /// </summary>
    public string? Law { get; init; }

    /// <summary>What customers are whose own data do not say it; null where that is not known.</summary>
    public CustomerKind? CustomersAre { get; init; }

    /// <summary>What was agreed no later than when the debts arose.</summary>
    public IReadOnlyList<ChargeKind> Agreed { get; init; } = [];

    /// <summary>Interest that was agreed in place of the law's: per cent a year, above 0.</summary>
    public decimal? InterestPercent { get; init; }

    /// <summary>The creditor cannot deduct VAT, so that some laws let it be added to the fixed sum.</summary>
    public bool VatNotDeductible { get; init; }

    /// <summary>Days whose rate is not known bear the last known one; otherwise nothing is charged then.</summary>
    public bool UseLastKnownRate { get; init; }
}
