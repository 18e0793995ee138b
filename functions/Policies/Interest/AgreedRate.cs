using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Whether a rate of the contract may be charged in place of the law's.</summary>
internal static class AgreedRate
{
    /// <summary>Each interest day must meet the limits; where a limit is not known, the rate is not charged.</summary>
    /// <returns>Null when the rate may be charged.</returns>
    public static NotChargedReason? WhyNot(
        IReadOnlyList<OverduePrincipal> principal,
        InterestRule rule,
        InterestRates rates,
        DateOnly until,
        bool useLastKnownRate,
        decimal agreedPercent
    )
    {
        if (rule.AgreedFloor is { } floor)
        {
            var floors = LimitsOf(RuleOf(rule, null) with { Series = floor.Series });
            if (floors.Any(percent => percent is null))
                return NotChargedReason.RateUnknown;
            if (floors.Any(percent => agreedPercent < percent * floor.Factor))
                return NotChargedReason.BelowFloor;
        }
        if (rule.AllowsHigherAgreedRate)
            return null;
        var ceilings = LimitsOf(rule);
        if (ceilings.Any(percent => agreedPercent > percent))
            return NotChargedReason.AboveLegalRate;
        return ceilings.Any(percent => percent is null) ? NotChargedReason.RateUnknown : null;

        List<decimal?> LimitsOf(InterestRule limit) =>
            [.. InterestSlices.Of(principal, limit, rates, until, useLastKnownRate).Select(slice => slice.Percent)];
    }

    /// <summary>The rule with the rate of the contract and the law's way of counting and rounding.</summary>
    public static InterestRule RuleOf(InterestRule rule, decimal? agreedPercent) =>
        rule with
        {
            Series = null,
            ConstantPercent = agreedPercent,
            Margin = 0,
            Fixing = Fixing.Floating,
            ReferenceRounding = RateRounding.None,
            TotalRounding = RateRounding.None,
        };
}
