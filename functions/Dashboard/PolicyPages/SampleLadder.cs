using Dunning.Policies;
using Dunning.Policies.Calendars;
using Dunning.Receivables;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>A policy drawn over a calendar: when its steps fall for one sample invoice.</summary>
/// <param name="Country">Of the customer.</param>
/// <param name="Steps">With their days, in the order of the ladder.</param>
public sealed record SampleLadder(
    DateOnly DueOn,
    string? Country,
    IReadOnlyList<(Step Step, DateOnly On)> Steps,
    IReadOnlyList<LadderMonth> Months
)
{
    /// <summary>What lies later is in the list of steps only.</summary>
    private const int MaxMonths = 4;

    internal static SampleLadder Create(DunningRules rules, Policy policy, DateOnly due, string? country)
    {
        var issued = due.AddDays(-policy.TermsDays);
        var customer = new Customer
        {
            Id = new("sample"),
            Name = "",
            Country = country,
        };
        var invoice = InvoiceOf(customer.Id, policy.Key, issued, due);
        var asShown = rules with { Policies = rules.Policies.With(policy) };
        var context = new DunningContext(customer, asShown, new DateTimeOffset(issued, TimeOnly.MinValue, default));
        var steps = policy
            .StepsOf(StepList.Invoice)
            .Where(step => step.Enabled)
            .Select(step => (step, On: DunningSchedule.DayOf(context, step, invoice)))
            .ToList();
        var first = steps.Select(step => step.On).Append(due).Min();
        var last = steps.Select(step => step.On).Append(due).Max();
        return new SampleLadder(
            due,
            country,
            steps,
            [
                .. Enumerable
                    .Range(0, MaxMonths)
                    .Select(month => StatementPeriod.FirstOfMonth(first).AddMonths(month))
                    .TakeWhile(month => month <= last)
                    .Select(month => LadderMonth.Create(month, day => DayOf(day))),
            ]
        );

        LadderDay DayOf(DateOnly day) =>
            new(day, KindOf(rules.Calendar, policy, day, country))
            {
                IsDue = day == due,
                Steps = [.. steps.Where(step => step.On == day).Select(step => step.step)],
            };
    }

    private static LadderDayKind KindOf(Calendar calendar, Policy policy, DateOnly day, string? country) =>
        calendar.IsHoliday(day, country) ? LadderDayKind.Holiday
        : !calendar.IsBusinessDay(day, country) ? LadderDayKind.Weekend
        : policy.IsQuiet(day) ? LadderDayKind.Quiet
        : LadderDayKind.Business;

    private static Invoice InvoiceOf(CustomerId customer, PolicyVersion policy, DateOnly issued, DateOnly due)
    {
        var nothing = Money.Zero("EUR");
        return new Invoice
        {
            Id = new InvoiceId(customer, "sample"),
            Source = "",
            ExternalId = "",
            AcceptedAt = new DateTimeOffset(issued, TimeOnly.MinValue, default),
            Document = new()
            {
                Number = "",
                IssueDate = issued,
                DueDate = due,
                AmountDue = nothing,
                Hash = "",
            },
            Dunning = new() { ScheduleStart = due, Policy = policy },
            Payments = new()
            {
                OriginalAmount = nothing,
                Paid = nothing,
                PaidWhenSent = nothing,
            },
        };
    }
}

/// <param name="First">Of the month.</param>
/// <param name="Weeks">From Monday; null for a day of another month.</param>
public sealed record LadderMonth(DateOnly First, IReadOnlyList<IReadOnlyList<LadderDay?>> Weeks)
{
    private const int Week = 7;

    internal static LadderMonth Create(DateOnly first, Func<DateOnly, LadderDay> dayOf)
    {
        var before = ((int)first.DayOfWeek + Week - 1) % Week;
        var days = Enumerable
            .Repeat<LadderDay?>(null, before)
            .Concat(
                Enumerable
                    .Range(0, DateTime.DaysInMonth(first.Year, first.Month))
                    .Select(day => (LadderDay?)dayOf(first.AddDays(day)))
            );
        return new LadderMonth(
            first,
            [
                .. days.Chunk(Week)
                    .Select(week => (IReadOnlyList<LadderDay?>)[.. week, .. new LadderDay?[Week - week.Length]]),
            ]
        );
    }
}

public sealed record LadderDay(DateOnly On, LadderDayKind Kind)
{
    public bool IsDue { get; init; }

    /// <summary>That fall on it.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

public enum LadderDayKind
{
    Business,
    Weekend,
    Holiday,

    /// <summary>The policy sends no reminder.</summary>
    Quiet,
}
