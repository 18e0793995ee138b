using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>The fixed sum, or why none is charged.</summary>
internal sealed record FixedSumDecision(Money? Amount, NotChargedReason? WhyNot);

/// <summary>The compensation for collection costs of one late invoice.</summary>
internal static class FixedSum
{
    /// <param name="principal">What was late, tax included, without interest and costs.</param>
    /// <param name="lateOn">The first day of the delay.</param>
    /// <param name="vatNotDeductible">Whether the creditor cannot deduct VAT and the letter says so.</param>
    /// <param name="noticeExpired">Whether a letter that must come first was sent and its time has passed.</param>
    public static FixedSumDecision Of(
        FixedSumRule? rule,
        Money principal,
        DateOnly lateOn,
        InterestRates rates,
        bool vatNotDeductible = false,
        bool noticeExpired = false
    )
    {
        if (rule is null || lateOn < rule.From || lateOn > rule.Until || !principal.IsPositive)
            return new(null, NotChargedReason.NoRule);
        if (rule.Currency != principal.Currency)
            return new(null, NotChargedReason.CurrencyDiffers);
        if (rule.RequiresNotice && !noticeExpired)
            return new(null, NotChargedReason.NoticeMissing);
        if (SumOf(rule, principal, lateOn, rates) is not { } sum)
            return new(null, NotChargedReason.AmountUnknown);
        return new(vatNotDeductible ? sum.Times(1 + (rule.VatIfNotDeductible ?? 0) / 100) : sum, null);
    }

    private static Money? SumOf(FixedSumRule rule, Money principal, DateOnly lateOn, InterestRates rates)
    {
        if (rule.AmountSeries is { } series)
            return rates.AmountAt(series, lateOn);
        if (rule.Percentages is { } percentages)
            return Money.FromDecimal(
                Math.Clamp(
                    ScaleOf(percentages, principal.ToDecimal()),
                    rule.Minimum ?? 0,
                    rule.Maximum ?? decimal.MaxValue
                ),
                rule.Currency
            );
        return rule.Tiers?.FirstOrDefault(tier => tier.Below is null || principal.ToDecimal() < tier.Below) is { } tier
            ? Money.FromDecimal(tier.Amount, rule.Currency)
            : null;
    }

    private static decimal ScaleOf(IReadOnlyList<PercentageTier> tiers, decimal principal)
    {
        var (sum, from) = (0m, 0m);
        foreach (var tier in tiers)
        {
            var to = Math.Min(principal, tier.UpTo ?? principal);
            sum += Math.Max(0, to - from) * tier.Percent / 100;
            from = Math.Max(from, to);
        }
        return sum;
    }
}
