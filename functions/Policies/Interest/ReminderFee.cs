using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>What decides about the fee of one reminder.</summary>
/// <param name="On">The day of the reminder.</param>
/// <param name="EarlierFeesOn">The days of earlier reminders that carried a fee.</param>
/// <param name="EarlierRemindersOn">The days of all earlier reminders.</param>
/// <param name="IsAgreed">Whether a fee was agreed no later than when the debt arose.</param>
/// <param name="Currency">The invoice's, ISO 4217.</param>
internal sealed record FeeFacts(
    DateOnly DueDate,
    DateOnly On,
    IReadOnlyList<DateOnly> EarlierFeesOn,
    IReadOnlyList<DateOnly> EarlierRemindersOn,
    bool IsAgreed,
    string Currency
);

/// <summary>The highest fee that a reminder may carry, or why it carries none.</summary>
/// <param name="EarliestOn">When a day is the reason: the first day on which a fee is allowed.</param>
internal sealed record FeeDecision(Money? Amount, NotChargedReason? WhyNot, DateOnly? EarliestOn = null);

/// <summary>Whether a reminder may carry a fee.</summary>
internal static class ReminderFee
{
    /// <param name="rule">The country's; null where its law knows no fee.</param>
    public static FeeDecision Decide(FeeRule? rule, FeeFacts facts, InterestRates rates)
    {
        if (rule is null || facts.On < rule.From || facts.On > rule.Until)
            return new(null, NotChargedReason.NoRule);
        if (rule.Currency != facts.Currency)
            return new(null, NotChargedReason.CurrencyDiffers);
        if (rule.RequiresPriorAgreement && !facts.IsAgreed)
            return new(null, NotChargedReason.NotAgreed);
        if (facts.EarlierFeesOn.Count >= rule.MaxCount)
            return new(null, NotChargedReason.TooMany);

        var afterDue = facts.DueDate.AddDays(Math.Max(1, rule.MinDaysAfterDue));
        var afterReminder = AfterReminder(rule, facts) ?? afterDue;
        if (facts.On < afterDue || facts.On < afterReminder)
            return new(
                null,
                facts.On < afterDue ? NotChargedReason.TooSoonAfterDue : NotChargedReason.TooSoonAfterReminder,
                afterDue > afterReminder ? afterDue : afterReminder
            );

        return Highest(rule, facts.On, rates) is { } amount
            ? new(amount, null)
            : new(null, NotChargedReason.AmountUnknown);
    }

    private static DateOnly? AfterReminder(FeeRule rule, FeeFacts facts)
    {
        var earlier = rule.Spacing == FeeSpacing.LastFee ? facts.EarlierFeesOn : facts.EarlierRemindersOn;
        return earlier.Count > 0 ? earlier.Max().AddDays(rule.MinDaysBetween) : null;
    }

    private static Money? Highest(FeeRule rule, DateOnly on, InterestRates rates) =>
        rule switch
        {
            { Max: { } max } => Money.FromDecimal(max, rule.Currency),
            { MaxSeries: { } series } => rates.AmountAt(series, on),
            _ => null,
        };
}
