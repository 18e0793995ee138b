using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>The days on which an invoice's steps fall due. Pure: the same input gives the same days.</summary>
internal static class DunningSchedule
{
    /// <summary>
    /// The steps that are due by now and not yet taken, lowest first. After an outage there may be several; only the
    /// highest is taken, so the customer never receives several reminders at once.
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

    /// <summary>The step after the last one taken, and when it falls due; null after the last step.</summary>
    /// <param name="notBefore">The earliest day, in the customer's zone.</param>
    public static NextStep? Next(Invoice invoice, Customer customer, DunningRules rules, DateOnly notBefore)
    {
        var step = StepsAbove(invoice, rules).FirstOrDefault(s => !HasExpired(s, invoice, notBefore));
        if (step is null)
            return null;
        var at = DueAt(step, invoice, customer, rules);
        var earliest = SendingStart(rules.Calendar.Following(notBefore, customer.Country), invoice, customer, rules);
        return new NextStep(step.Id, at < earliest ? earliest : at, step.IsUpcoming);
    }

    /// <summary>
    /// The date from which steps are counted: the due date, unless the first step after it had already passed when the
    /// invoice was accepted. Then the schedule is shifted so that this step falls on the day of acceptance: the first
    /// reminder must never be a final one.
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
    /// Id of the highest step before the due date that had already passed when the invoice was accepted; it is not sent
    /// late. Null for none.
    /// </summary>
    public static string? MissedAtStart(
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset acceptedAt
    ) => Reached(invoice with { Step = null }, customer, rules, acceptedAt).LastOrDefault(s => s.IsUpcoming)?.Id;

    /// <summary>
    /// The steps before the due date that were not taken and are no longer useful, as the date has passed.
    /// </summary>
    public static IEnumerable<Step> ExpiredSteps(Invoice invoice, DunningRules rules, DateOnly today) =>
        StepsAbove(invoice, rules).Where(s => HasExpired(s, invoice, today));

    private static IEnumerable<Step> StepsAbove(Invoice invoice, DunningRules rules)
    {
        var policy = rules.Policies.Of(invoice);
        return policy.Steps.Skip(policy.RankOf(invoice.Step) + 1).Where(s => s.Enabled);
    }

    /// <summary>Steps before the due date expire with it.</summary>
    private static bool HasExpired(Step step, Invoice invoice, DateOnly today) =>
        step.IsUpcoming && today > invoice.DueDate;

    private static DateTimeOffset DueAt(Step step, Invoice invoice, Customer customer, DunningRules rules) =>
        SendingStart(Day(step, invoice.ScheduleStart, invoice, customer, rules), invoice, customer, rules);

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

    private static DateTimeOffset SendingStart(DateOnly day, Invoice invoice, Customer customer, DunningRules rules) =>
        rules.InstantOf(customer, day, rules.Policies.Of(invoice).SendAt);
}
