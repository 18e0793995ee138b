using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// Interest on late payments. Interest days are those after the due date up to and with the day of payment, each at the
/// rate that the rule gives it. Nothing is rounded before the rule says so.
/// </summary>
internal static class LateInterest
{
    /// <param name="principal">
    /// Ordered by date and of one currency: an entry holds until the next one, the last one without end.
    /// </param>
    /// <param name="until">The last interest day: that of payment, or the day up to which interest is shown.</param>
    /// <param name="useLastKnownRate">
    /// Whether days whose rate is not known bear the last known one; otherwise they bear nothing.
    /// </param>
    /// <param name="agreedPercent">Per cent a year of the contract, in place of the law's rate; null for none.</param>
    /// <exception cref="ArgumentException">There are no entries, or they are not as described.</exception>
    public static InterestComputation Compute(
        IReadOnlyList<OverduePrincipal> principal,
        InterestRule rule,
        InterestRates rates,
        DateOnly until,
        bool useLastKnownRate = false,
        decimal? agreedPercent = null
    )
    {
        Check(principal);
        var currency = principal[0].Amount.Currency;
        if (
            agreedPercent is { } agreed
            && AgreedRate.WhyNot(principal, rule, rates, until, useLastKnownRate, agreed) is { } whyNot
        )
            return new([], Money.Zero(currency), null, null) { WhyNot = whyNot };

        var charged = agreedPercent is null ? rule : AgreedRate.RuleOf(rule, agreedPercent.Value);
        var slices = InterestSlices.Of(principal, charged, rates, until, useLastKnownRate);
        var unknown = slices.Where(slice => slice.Percent is null).ToList();
        var lines = InterestLines.Of(
            [.. slices.Where(slice => slice.Percent is not null)],
            charged,
            principal[0].After
        );
        return new(
            lines,
            lines.Aggregate(Money.Zero(currency), (total, line) => total + line.Amount),
            unknown is [var first, ..] ? first.After.AddDays(1) : null,
            unknown is [.., var last] ? last.Until : null
        );
    }

    private static void Check(IReadOnlyList<OverduePrincipal> principal)
    {
        if (principal.Count == 0)
            throw new ArgumentException("Name at least one principal.", nameof(principal));
        if (principal.Zip(principal.Skip(1)).Any(pair => pair.First.After >= pair.Second.After))
            throw new ArgumentException("Order the principals by date, one a day.", nameof(principal));
        if (principal.Any(entry => entry.Amount.Minor < 0 || entry.Amount.Currency != principal[0].Amount.Currency))
            throw new ArgumentException("Principals must be 0 or more, in one currency.", nameof(principal));
    }
}
