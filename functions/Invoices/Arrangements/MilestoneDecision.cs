using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Arrangements;

/// <param name="On">The day of the event; null for today.</param>
internal sealed record MilestoneRequest(DateOnly? On, string By)
{
    public static MilestoneRequest Read(JsonFields json) =>
        new(json.Optional("on", CalendarDate), json.Required("by", Line(100)));
}

/// <summary>The event on which a part of a plan falls due has happened. Pure.</summary>
internal static class MilestoneDecision
{
    public static ChangeDecision Decide(
        DunningContext context,
        Versioned<Invoice> invoice,
        int number,
        MilestoneRequest request
    )
    {
        var before = invoice.Value;
        var part = before.Agreements.Plan?.Parts.FirstOrDefault(part => part.Number == number);
        if (part is not { Milestone: { } milestone })
            return ChangeDecision.Refused(ApiResult.NotFound("part with this number that waits for a milestone"));
        var on = request.On ?? context.Today;
        if (on > context.Today)
            return ChangeDecision.Refused(
                ApiResult.Invalid(
                    AgreementRequests.InvalidTitle,
                    [new("#/on", "in_the_future", $"{on:yyyy-MM-dd} is after today: report it when it has happened")]
                )
            );
        var due = on.AddDays(part.DueDays ?? 0);
        if (part.DueDate is { } known)
            return known == due || request.On is null
                ? ChangeDecision.Unchanged(before)
                : ChangeDecision.NotPossible($"Part {number} is due on {known:yyyy-MM-dd} already.");
        var plan = before.Agreements.Plan!;
        var dated = before.WithPlan(plan.WithDueDate(number, due));
        // The steps of the part count from the day that it has now.
        var after = Schedule.Recalculate(
            context,
            dated.CurrentPart?.Number == number ? Schedule.Restart(context, dated) : dated
        );
        var reached = new InvoiceEvent(context.Now, EventKind.MilestoneReached)
        {
            Part = number,
            Document = milestone,
            Date = due,
            By = request.By,
        };
        return ChangeDecision.Changed(invoice, after, reached) with { StopsReminders = false };
    }
}
