using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>The next step of an invoice, wanted now by a person, who thereby approves it. Pure.</summary>
internal static class NextReminder
{
    public static ChangeDecision SendNow(
        DunningContext context,
        Versioned<Invoice> invoice,
        InvoiceChangeReading request
    )
    {
        var before = invoice.Value;
        if (WhyNot(context, before) is { } reason)
            return ChangeDecision.NotPossible($"No reminder can be sent now: {reason}.");
        var step = before.Dunning.Next!.Step;
        if (before.Dunning.SendNow == step)
            return ChangeDecision.Unchanged(before) with { StopsReminders = false };
        var wanted = before with { Dunning = before.Dunning with { SendNow = step, Approved = step } };
        var asked = new InvoiceEvent(context.Now, EventKind.Scheduled)
        {
            Reason = EventReason.SendNow,
            Step = step,
            By = request.By,
            Text = request.Reason,
        };
        return ChangeDecision.Changed(invoice, Schedule.Recalculate(context, wanted), asked) with
        {
            StopsReminders = false,
            Warnings = Warnings(context),
        };
    }

    private static string? WhyNot(DunningContext context, Invoice invoice) =>
        ReasonText.OfBlock(invoice, context.Now) is { } block ? block
        : invoice.Dunning.NoNextReason is { } noContact ? ReasonText.Of(noContact)
        : invoice.Dunning.Next is not { } next || DunningSchedule.IsReserved(next.Step) ? "all steps have been taken"
        : LastReminder(context) is { } last && last >= context.Today ? "the customer was reminded today already"
        : null;

    private static IReadOnlyList<string> Warnings(DunningContext context) =>
        LastReminder(context) is { } last && last > context.Today.AddDays(-7)
            ? [$"The customer was reminded on {last:yyyy-MM-dd}."]
            : [];

    private static DateOnly? LastReminder(DunningContext context) =>
        context.Customer.LastNotices.Values.Max(notice => (DateOnly?)notice.On);
}
