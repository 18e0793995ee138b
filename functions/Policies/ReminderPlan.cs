using System.Globalization;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>A move and the notices it puts into the outbox, to be enqueued once the move is written.</summary>
internal sealed record PlannedChange(CustomerTransaction Transaction, IReadOnlyList<Notice> Notices);

/// <summary>
/// What is due for one customer now, as one transaction: each due invoice takes the highest step it has reached, all of
/// them share one notice a channel, and that notice has the tone of the highest.
/// </summary>
internal static class ReminderPlan
{
    /// <summary>
    /// An invoice takes eight rows at the most (itself, two of the agenda, three events, a task and its index), the
    /// customer and three notices with their index take seven: together they stay within one transaction.
    /// </summary>
    public const int MaxInvoices = 10;

    /// <summary>
    /// Null when nothing is due. When more is due than one transaction can hold, deciding again after writing it gives
    /// the rest.
    /// </summary>
    public static PlannedChange? Decide(CustomerAccount account, DunningRules rules, DateTimeOffset now)
    {
        var customer = account.Customer.Value;
        var due = account
            .Invoices.Where(i => i.Value.Next?.At <= now)
            .OrderByDescending(i => rules.Policies.Of(i.Value).RankOf(i.Value.Next!.Step))
            .Take(MaxInvoices)
            .ToList();
        if (due.Count == 0)
            return null;

        var transaction = new CustomerTransaction(customer.Id);
        var opens = SendWindow.From(Channel.Email, customer, rules, now);
        if (opens > now)
            return Wait(transaction, due, opens, customer, rules);

        var climbs = due.ConvertAll(i => StepDecision.Decide(i, customer, rules, now));
        var notices = Notices(climbs, customer, rules, now);
        foreach (var climb in climbs)
        {
            transaction.Save(climb.Before, climb.After);
            foreach (var invoiceEvent in climb.Events)
                transaction.AddEvent(climb.After.Id, invoiceEvent);
        }
        foreach (var notice in notices)
            transaction.Save(before: null, notice);
        return new PlannedChange(
            transaction.Save(account.Customer, Remember(customer, notices, rules.Today(customer, now))),
            notices
        );
    }

    /// <summary>
    /// Due at night or on a holiday, after an outage or a change of zone: the customer's next morning is soon enough.
    /// </summary>
    private static PlannedChange Wait(
        CustomerTransaction transaction,
        List<Versioned<Invoice>> due,
        DateTimeOffset opens,
        Customer customer,
        DunningRules rules
    )
    {
        foreach (var invoice in due)
        {
            var sendAt = rules.InstantOf(
                customer,
                rules.Today(customer, opens),
                rules.Policies.Of(invoice.Value).SendAt
            );
            transaction.Save(invoice, invoice.Value with { Next = invoice.Value.Next! with { At = sendAt } });
        }
        return new PlannedChange(transaction, []);
    }

    private static List<Notice> Notices(
        List<StepDecision> climbs,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        // The instant of planning, not the customer's date: that may come twice when the customer's zone is changed.
        var time = now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var reminders =
            from climb in climbs
            from channel in climb.Channels
            group climb by channel into lines
            select new Notice
            {
                Id = $"{time}-{lines.Key.ToString().ToLowerInvariant()}",
                CustomerId = customer.Id,
                Channel = lines.Key,
                Tone = lines.Max(c => c.Step!.Tone),
                Lines = [.. lines.Select(c => new NoticeLine(c.After.Id.Invoice, c.Step!.Id, c.Before.Value.Step))],
                PlannedAt = now,
                NotBefore = SendWindow.From(lines.Key, customer, rules, now),
            };
        var tasks =
            from climb in climbs
            where climb.Task is not null && ContactChannels.Owners(customer, rules).Count > 0
            select new Notice
            {
                Id = $"{time}-task-{climb.After.Id.Invoice}",
                CustomerId = customer.Id,
                Channel = Channel.Escalation,
                Tone = NoticeTone.FollowUp,
                Lines = [new NoticeLine(climb.After.Id.Invoice, climb.Step!.Id)],
                FollowUp = climb.Task,
                PlannedAt = now,
                NotBefore = now,
            };
        return [.. reminders.OrderBy(n => n.Channel), .. tasks];
    }

    private static Customer Remember(Customer customer, IReadOnlyList<Notice> notices, DateOnly today)
    {
        var last = customer.LastNotices.ToDictionary();
        foreach (var notice in notices.Where(n => n.IsReminder))
            last[notice.Channel] = new LastNotice(notice.Id, today, notice.Tone);
        return customer with { LastNotices = last };
    }
}
