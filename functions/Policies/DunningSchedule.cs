using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>On which day an invoice reaches which step. Pure: the same facts give the same days.</summary>
internal static class DunningSchedule
{
    /// <summary>
    /// The steps reached by now and not yet taken, lowest first. After a gap there may be several: only the last is
    /// acted on, so an outage never turns into a burst.
    /// </summary>
    public static IReadOnlyList<Step> Reached(
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var today = rules.Today(customer, now);
        return
        [
            .. StepsAbove(invoice, rules)
                .Where(s => !HasExpired(s, invoice, today) && DueAt(s, invoice, customer, rules) <= now),
        ];
    }

    /// <summary>The next step above the one reached, and when; null at the last step.</summary>
    /// <param name="notBefore">The earliest day for it, in the customer's zone.</param>
    public static NextStep? Next(Invoice invoice, Customer customer, DunningRules rules, DateOnly notBefore)
    {
        var step = StepsAbove(invoice, rules).FirstOrDefault(s => !HasExpired(s, invoice, notBefore));
        if (step is null)
            return null;
        var at = DueAt(step, invoice, customer, rules);
        var earliest = Opening(rules.Calendar.Following(notBefore, customer.Country), invoice, customer, rules);
        return new NextStep(step.Id, at < earliest ? earliest : at, step.IsUpcoming);
    }

    /// <summary>
    /// The date that steps are counted from: the due date, unless the invoice came in so late that the first step after
    /// it had passed already. Then the schedule starts with that step on the day we first heard of it: nobody's first
    /// word from us is a final notice.
    /// </summary>
    public static DateOnly StartOf(Invoice invoice, Customer customer, DunningRules rules, DateTimeOffset acceptedAt)
    {
        var firstOverdue = rules
            .Policies.Of(invoice)
            .Steps.FirstOrDefault(s => s is { Enabled: true, IsUpcoming: false } && (s.Days ?? s.BusinessDays) > 0);
        var today = rules.Today(customer, acceptedAt);
        if (firstOverdue is null || Day(firstOverdue, invoice.DueDate, invoice, customer, rules) >= today)
            return invoice.DueDate;
        return BusinessDays(firstOverdue, invoice) is { } business
            ? rules.Calendar.Add(rules.Calendar.Following(today, customer.Country), -business, customer.Country)
            : today.AddDays(-firstOverdue.Days!.Value);
    }

    /// <summary>
    /// The highest step before the due date that lay in the past when the invoice was accepted: it is not made up for.
    /// </summary>
    public static string? MissedAtStart(
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset acceptedAt
    ) => Reached(invoice with { Step = null }, customer, rules, acceptedAt).LastOrDefault(s => s.IsUpcoming)?.Id;

    /// <summary>The steps before the due date that were not taken in time and have no meaning any more.</summary>
    public static IEnumerable<Step> ExpiredSteps(Invoice invoice, DunningRules rules, DateOnly today) =>
        StepsAbove(invoice, rules).Where(s => HasExpired(s, invoice, today));

    private static IEnumerable<Step> StepsAbove(Invoice invoice, DunningRules rules)
    {
        var policy = rules.Policies.Of(invoice);
        return policy.Steps.Skip(policy.RankOf(invoice.Step) + 1).Where(s => s.Enabled);
    }

    /// <summary>A step before the due date has no meaning after it.</summary>
    private static bool HasExpired(Step step, Invoice invoice, DateOnly today) =>
        step.IsUpcoming && today > invoice.DueDate;

    private static DateTimeOffset DueAt(Step step, Invoice invoice, Customer customer, DunningRules rules) =>
        Opening(Day(step, invoice.ScheduleStart, invoice, customer, rules), invoice, customer, rules);

    /// <summary>
    /// Steps before the due date move to the business day before, later ones to the business day after.
    /// </summary>
    private static DateOnly Day(Step step, DateOnly from, Invoice invoice, Customer customer, DunningRules rules)
    {
        var anchor = step.From is CountFrom.IssueDate ? invoice.IssueDate : from;
        var day = BusinessDays(step, invoice) is { } n
            ? rules.Calendar.Add(anchor, n, customer.Country)
            : anchor.AddDays(step.Days!.Value);
        return step.IsUpcoming
            ? rules.Calendar.Preceding(day, customer.Country)
            : rules.Calendar.Following(day, customer.Country);
    }

    private static int? BusinessDays(Step step, Invoice invoice) =>
        invoice.DueDate.DayNumber - invoice.IssueDate.DayNumber < Step.ShortTermDays
            ? step.ShortTermBusinessDays ?? step.BusinessDays
            : step.BusinessDays;

    private static DateTimeOffset Opening(DateOnly day, Invoice invoice, Customer customer, DunningRules rules) =>
        rules.InstantOf(customer, day, rules.Policies.Of(invoice).SendAt);
}
