using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// Gives an invoice the step to come that its state allows: whoever changes an invoice passes it through here before
/// saving it.
/// </summary>
internal static class Schedule
{
    public static Invoice Recalculate(Invoice invoice, Customer customer, DunningRules rules, DateTimeOffset now)
    {
        if (!IsRemindable(invoice, customer, rules))
            return invoice with { Next = null };
        // Nobody could be written to until now: the first word is still the friendly one.
        if (
            invoice is { Next: null, Step: null }
            && DunningSchedule.StartOf(invoice, customer, rules, now) is var start
            && start > invoice.ScheduleStart
        )
            invoice = invoice with { ScheduleStart = start };
        var from = rules.Today(customer, now);
        if (invoice.Hold?.Until is { } until && until > from)
            from = until;
        if (
            invoice.Pending?.Until is { } pending
            && pending > now
            && rules.Today(customer, pending) is var day
            && day > from
        )
            from = day;
        return invoice with { Next = DunningSchedule.Next(invoice, customer, rules, from) };
    }

    /// <summary>
    /// The schedule after a step was taken: the next one keeps its distance, whatever delayed this one.
    /// </summary>
    public static Invoice AfterStep(Invoice invoice, Customer customer, DunningRules rules, DateTimeOffset now)
    {
        if (!IsRemindable(invoice, customer, rules))
            return invoice with { Next = null };
        var policy = rules.Policies.Of(invoice);
        // Nothing follows before the date to pay by that the step has named.
        var spacing = Math.Max(policy.MinDaysBetweenNotices, policy.Find(invoice.Step)?.PayByDays + 1 ?? 0);
        return invoice with
        {
            Next = DunningSchedule.Next(invoice, customer, rules, rules.Today(customer, now).AddDays(spacing)),
        };
    }

    private static bool IsRemindable(Invoice invoice, Customer customer, DunningRules rules) =>
        invoice
            is { Closed: null, ErasedAt: null, Dispute: null, Kind: InvoiceKind.Invoice, OpenAmount.IsPositive: true }
        && invoice.Hold is null or { Until: not null }
        && !customer.DoNotContact
        && ContactChannels.CanRemind(customer, rules);
}
