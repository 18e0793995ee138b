using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>The days on which an invoice's steps fall due. Pure: the same input gives the same days.</summary>
internal static class DunningSchedule
{
    /// <summary>
    /// The steps that are due by now and not yet taken, lowest first. After an outage there may be several; only the
    /// highest is taken, so the customer never receives several reminders at once.
    /// </summary>
    public static IReadOnlyList<Step> Reached(DunningContext context, Invoice invoice) =>
        [
            .. StepsAbove(context, invoice)
                .Where(s => !HasExpired(s, invoice, context.Today) && DueAt(context, s, invoice) <= context.Now),
        ];

    /// <summary>The step after the last one taken, and when it falls due; null after the last step.</summary>
    /// <param name="notBefore">The earliest day, in the customer's zone.</param>
    public static NextStep? Next(DunningContext context, Invoice invoice, DateOnly notBefore)
    {
        var step = StepsAbove(context, invoice).FirstOrDefault(s => !HasExpired(s, invoice, notBefore));
        if (step is null)
            return null;
        var at = DueAt(context, step, invoice);
        var earliest = SendingStart(context, context.Following(notBefore), invoice);
        return new NextStep(step.Id, at < earliest ? earliest : at, step.IsUpcoming);
    }

    /// <summary>
    /// The date from which steps are counted: the due date, unless the first step after it had already passed when the
    /// invoice was accepted. Then the schedule is shifted so that this step falls on the day of acceptance: the first
    /// reminder must never be a final one.
    /// </summary>
    public static DateOnly StartOf(DunningContext context, Invoice invoice)
    {
        var firstOverdue = context
            .PolicyOf(invoice)
            .Steps.FirstOrDefault(s => s is { Enabled: true, IsUpcoming: false } && (s.Days ?? s.BusinessDays) > 0);
        if (firstOverdue is null || Day(context, firstOverdue, invoice.Document.DueDate, invoice) >= context.Today)
            return invoice.Document.DueDate;
        return BusinessDays(firstOverdue, invoice) is { } business
            ? context.Rules.Calendar.Add(context.Following(context.Today), -business, context.Customer.Country)
            : context.Today.AddDays(-firstOverdue.Days!.Value);
    }

    /// <summary>
    /// Id of the highest step before the due date that had already passed when the invoice was accepted; it is not sent
    /// late. Null for none.
    /// </summary>
    public static StepId? MissedAtStart(DunningContext context, Invoice invoice) =>
        Reached(context, invoice.AtStep(null)).LastOrDefault(s => s.IsUpcoming)?.Id;

    /// <summary>
    /// The steps before the due date that were not taken and are no longer useful, as the date has passed.
    /// </summary>
    public static IEnumerable<Step> ExpiredSteps(DunningContext context, Invoice invoice) =>
        StepsAbove(context, invoice).Where(s => HasExpired(s, invoice, context.Today));

    private static IEnumerable<Step> StepsAbove(DunningContext context, Invoice invoice)
    {
        var policy = context.PolicyOf(invoice);
        return policy.Steps.Skip(policy.RankOf(invoice.Dunning.Step) + 1).Where(s => s.Enabled);
    }

    /// <summary>Steps before the due date expire with it.</summary>
    private static bool HasExpired(Step step, Invoice invoice, DateOnly today) =>
        step.IsUpcoming && today > invoice.Document.DueDate;

    private static DateTimeOffset DueAt(DunningContext context, Step step, Invoice invoice) =>
        SendingStart(context, Day(context, step, invoice.Dunning.ScheduleStart, invoice), invoice);

    /// <summary>
    /// Steps before the due date move to the business day before, later ones to the business day after.
    /// </summary>
    private static DateOnly Day(DunningContext context, Step step, DateOnly from, Invoice invoice)
    {
        var (calendar, country) = (context.Rules.Calendar, context.Customer.Country);
        var anchor = step.From is CountFrom.IssueDate ? invoice.Document.IssueDate : from;
        var day = BusinessDays(step, invoice) is { } n
            ? calendar.Add(anchor, n, country)
            : anchor.AddDays(step.Days!.Value);
        return step.IsUpcoming ? calendar.Preceding(day, country) : calendar.Following(day, country);
    }

    private static int? BusinessDays(Step step, Invoice invoice) =>
        invoice.Document.DueDate.DayNumber - invoice.Document.IssueDate.DayNumber < Step.ShortTermDays
            ? step.ShortTermBusinessDays ?? step.BusinessDays
            : step.BusinessDays;

    private static DateTimeOffset SendingStart(DunningContext context, DateOnly day, Invoice invoice) =>
        context.InstantOf(day, context.PolicyOf(invoice).SendAt);
}
