using Dunning.Policies.Calendars;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>The days on which an invoice's steps fall due. Pure: the same input gives the same days.</summary>
internal static class DunningSchedule
{
    /// <summary>
    /// The days on which an agreement is judged are in the agenda under these ids, as if they were steps.
    /// </summary>
    private static readonly StepId _promiseEnd = new("promise-end");
    private static readonly StepId _planEnd = new("plan-end");
    private static readonly StepId _collectionEnd = new("collection-end");

    /// <summary>More than a weekend with a holiday beside it.</summary>
    private const int LongHolidayDays = 4;

    public static bool IsReserved(StepId step) => step == _promiseEnd || step == _planEnd || step == _collectionEnd;

    /// <summary>
    /// The steps that are due by now and not yet taken, lowest first. After an outage there may be several; only the
    /// highest is taken, so the customer never receives several reminders at once.
    /// </summary>
    /// <remarks>
    /// Of those that quiet days have moved to one day, the first is taken, and the others keep their distance to it.
    /// </remarks>
    public static IReadOnlyList<Step> Reached(DunningContext context, Invoice invoice)
    {
        IReadOnlyList<Step> reached =
        [
            .. StepsAbove(context, invoice)
                .Where(s => !HasExpired(context, s, invoice, context.Today))
                .Where(s => DueAt(context, s, invoice) <= context.Now),
        ];
        if (context.PolicyOf(invoice).QuietDays.Count == 0 || reached is not [.., { IsUpcoming: false } last])
            return reached;
        var day = DayOf(context, last, invoice);
        var first = reached.First(s => !s.IsUpcoming && DayOf(context, s, invoice) == day);
        return [.. reached.TakeWhile(s => s != first), first];
    }

    /// <summary>
    /// The step after the last one taken, or the day on which an agreement is judged, if that comes first; null when
    /// neither is left.
    /// </summary>
    /// <param name="notBefore">The earliest day, in the customer's zone.</param>
    public static NextStep? Next(DunningContext context, Invoice invoice, DateOnly notBefore)
    {
        var firstDay = SendingDay(context, invoice, notBefore, after: true);
        var earliest = SendingStart(context, firstDay, invoice);
        return new[] { NextOfList(), NextEnd() }.OfType<NextStep>().MinBy(next => next.At);

        NextStep? NextOfList()
        {
            // A promise is waited for; a part that waits for its milestone has no day to count from.
            if (invoice.Agreements.Promise is not null || invoice.CurrentPart is { DueDate: null })
                return null;
            var step = StepsAbove(context, invoice).FirstOrDefault(s => !HasExpired(context, s, invoice, notBefore));
            if (step is null)
                return null;
            var due = DueAt(context, step, invoice);
            return new NextStep(step.Id, Later(due), step.IsUpcoming)
            {
                DelayedBy =
                    due >= earliest || firstDay == notBefore ? null
                    : context.PolicyOf(invoice).IsQuiet(context.Following(notBefore)) ? EventReason.QuietDay
                    : EventReason.NonBusinessDay,
            };
        }

        NextStep? NextEnd() =>
            AgreementEnd(context, invoice) is { } end
                ? new NextStep(
                    end.Id,
                    Later(SendingStart(context, context.Following(end.Day), invoice)),
                    IsUpcoming: false
                )
                : null;

        DateTimeOffset Later(DateTimeOffset at) => at < earliest ? earliest : at;
    }

    /// <summary>The day on which it is decided whether the customer has kept what was agreed; null for none.</summary>
    private static (StepId Id, DateOnly Day)? AgreementEnd(DunningContext context, Invoice invoice) =>
        invoice.Agreements.Promise is { } promise ? (_promiseEnd, promise.LastDay.AddDays(1))
        : invoice.IsCollected ? (_collectionEnd, CollectionEnd(context, invoice))
        : MissedOn(context, invoice) is { } missedOn ? (_planEnd, missedOn)
        : null;

    /// <summary>
    /// The day on which the current part of a plan counts as missed; null when there is none to miss.
    /// </summary>
    public static DateOnly? MissedOn(DunningContext context, Invoice invoice) =>
        invoice is { CurrentPart.DueDate: not null, IsPartMissed: false }
            ? context
                .Rules.Calendar.Add(
                    // Later than the due date when the invoice was accepted late, or on hold.
                    invoice.Dunning.ScheduleStart,
                    context.PolicyOf(invoice).PlanGraceBusinessDays,
                    context.Customer.Country
                )
                .AddDays(1)
            : null;

    /// <summary>The day by which the bank or the card's issuer would have reported a failure.</summary>
    public static DateOnly CollectionEnd(DunningContext context, Invoice invoice)
    {
        var on = invoice.Document.Collection?.On ?? invoice.DueDate;
        var clearing = DebitClearing.EndFor(
            invoice.Document.AmountDue.Currency,
            context.InstantOf(on, new TimeOnly(12, 0))
        );
        return DateOnly.FromDateTime(clearing.UtcDateTime);
    }

    /// <summary>
    /// The step above the last one taken becomes due today, and no other: a broken promise is answered one step
    /// higher, however long it lasted.
    /// </summary>
    public static DateOnly StartForNextStep(DunningContext context, Invoice invoice) =>
        StepsAbove(context, invoice).FirstOrDefault(s => !s.IsUpcoming) is { } next
            ? StartFor(context, next, invoice)
            : invoice.Dunning.ScheduleStart;

    /// <summary>
    /// The date from which steps are counted: the due date, unless the first step after it had already passed when the
    /// invoice was accepted. Then the schedule is shifted so that this step falls on the day of acceptance: the first
    /// reminder must never be a final one.
    /// </summary>
    public static DateOnly StartOf(DunningContext context, Invoice invoice)
    {
        var firstOverdue = context
            .PolicyOf(invoice)
            .StepsOf(invoice.Dunning.StepList)
            .FirstOrDefault(s => s is { Enabled: true, IsUpcoming: false } && (s.Days ?? s.BusinessDays) > 0);
        return firstOverdue is null || Day(context, firstOverdue, invoice.DueDate, invoice) >= context.Today
            ? invoice.DueDate
            : StartFor(context, firstOverdue, invoice);
    }

    /// <summary>The date to count from so that the step falls on today.</summary>
    private static DateOnly StartFor(DunningContext context, Step step, Invoice invoice) =>
        BusinessDays(step, invoice) is { } business
            ? context.Rules.Calendar.Add(context.Following(context.Today), -business, context.Customer.Country)
            : context.Today.AddDays(-step.Days!.Value);

    /// <summary>
    /// Id of the highest step before the due date that had already passed when the invoice was accepted; it is not sent
    /// late. Null for none. A collection is announced however late.
    /// </summary>
    public static StepId? MissedAtStart(DunningContext context, Invoice invoice) =>
        invoice.Dunning.StepList is StepList.Collection
            ? null
            : Reached(context, invoice.AtStep(null)).LastOrDefault(s => s.IsUpcoming)?.Id;

    /// <summary>
    /// The steps that were not taken and are no longer useful: those before the due date when it has passed, and those
    /// that may not be sent so late.
    /// </summary>
    public static IEnumerable<Step> ExpiredSteps(DunningContext context, Invoice invoice) =>
        StepsAbove(context, invoice).Where(s => HasExpired(context, s, invoice, context.Today));

    /// <summary>The step above the last one taken; null for none.</summary>
    public static Step? StepAbove(DunningContext context, Invoice invoice) =>
        StepsAbove(context, invoice).FirstOrDefault();

    private static IEnumerable<Step> StepsAbove(DunningContext context, Invoice invoice)
    {
        var steps = context.PolicyOf(invoice).StepsOf(invoice.Dunning.StepList);
        var taken = steps.LastOrDefault(s => s.Id == invoice.Dunning.Step);
        return steps
            .SkipWhile(s => taken is not null && s != taken)
            .Skip(taken is null ? 0 : 1)
            .Where(s => s.Enabled && !(s.IsCourtesy && context.Customer.NoCourtesyMails));
    }

    /// <summary>
    /// Steps before the due date expire with it. A step that is late expires on the day on which that is found, not on
    /// one to come: until then the end of a hold may move it. What a person approved or wants now is never late.
    /// </summary>
    /// <param name="on">The earliest day of the step.</param>
    private static bool HasExpired(DunningContext context, Step step, Invoice invoice, DateOnly on) =>
        step.IsUpcoming && on > invoice.DueDate
        || step.SendUntilDays is { } days
            && step.Id != invoice.Dunning.SendNow
            && step.Id != invoice.Dunning.Approved
            && context.Today > DayOf(context, step, invoice).AddDays(days);

    private static DateTimeOffset DueAt(DunningContext context, Step step, Invoice invoice) =>
        step.Id == invoice.Dunning.SendNow
            ? DateTimeOffset.MinValue
            : SendingStart(context, Day(context, step, invoice.Dunning.ScheduleStart, invoice), invoice);

    /// <summary>The day of a step, as things are now.</summary>
    public static DateOnly DayOf(DunningContext context, Step step, Invoice invoice) =>
        Day(context, step, invoice.Dunning.ScheduleStart, invoice);

    /// <summary>
    /// Steps before the due date move to the business day before, later ones to the business day after; in a long
    /// holiday to the one before, where the policy says so and it lies after the due date.
    /// </summary>
    private static DateOnly Day(DunningContext context, Step step, DateOnly from, Invoice invoice)
    {
        var anchor = step.From is CountFrom.IssueDate ? invoice.Document.IssueDate : from;
        var day = BusinessDays(step, invoice) is { } n
            ? context.Rules.Calendar.Add(anchor, n, context.Customer.Country)
            : anchor.AddDays(step.Days!.Value);
        if (step.IsUpcoming)
            return SendingDay(context, invoice, day, after: false);
        var (calendar, country) = (context.Rules.Calendar, context.Customer.Country);
        var (policy, before) = (context.PolicyOf(invoice), calendar.Preceding(day, country));
        return
            policy.LongHolidays is LongHolidayRule.Earlier
            && calendar.Following(day, country).DayNumber - before.DayNumber > LongHolidayDays
            && before > invoice.DueDate
            && before > from
            && !policy.IsQuiet(before)
            ? before
            : SendingDay(context, invoice, day, after: true);
    }

    /// <summary>The day itself, or the next or last one before it on which the policy sends anything.</summary>
    /// <param name="after">False for the one before.</param>
    public static DateOnly SendingDay(DunningContext context, Invoice invoice, DateOnly day, bool after)
    {
        var (calendar, country, policy) = (context.Rules.Calendar, context.Customer.Country, context.PolicyOf(invoice));
        while (true)
        {
            day = after ? calendar.Following(day, country) : calendar.Preceding(day, country);
            if (!policy.IsQuiet(day))
                return day;
            day = day.AddDays(after ? 1 : -1);
        }
    }

    /// <summary>
    /// The first day after today on which the policies of all invoices of a reminder send something; null when they do
    /// today.
    /// </summary>
    public static DateOnly? QuietUntil(DunningContext context, CustomerAccount account, Notice reminder)
    {
        var policies = reminder
            .Lines.Select(line => account.Invoice(line.InvoiceId)?.Value)
            .OfType<Invoice>()
            .Select(context.PolicyOf)
            .Where(policy => policy.QuietDays.Count > 0)
            .ToList();
        var day = context.Today;
        while (policies.Exists(policy => policy.IsQuiet(day)))
            day = day.AddDays(1);
        return day == context.Today ? null : day;
    }

    private static int? BusinessDays(Step step, Invoice invoice) =>
        invoice.AgreedDueDate.DayNumber - invoice.Document.IssueDate.DayNumber < Step.ShortTermDays
            ? step.ShortTermBusinessDays ?? step.BusinessDays
            : step.BusinessDays;

    private static DateTimeOffset SendingStart(DunningContext context, DateOnly day, Invoice invoice) =>
        SendWindow.PlanningStart(context, day, context.PolicyOf(invoice).SendAt);
}
