using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Plans what is due for one customer now, as one transaction: each due invoice takes its highest due step, all of them
/// share one notice per channel, and the notice has the tone of the highest step.
/// </summary>
internal static class ReminderPlan
{
    /// <summary>
    /// Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>: at most ten rows per invoice (the
    /// invoice, two of the agenda, four events and the last link, a follow-up and its index row), and seven for the
    /// customer and three notices with their index rows. Rows of the list of follow-ups may come on top: see <see
    /// cref="Fitting"/>.
    /// </summary>
    public const int MaxInvoices = 9;

    /// <summary>
    /// Plans at most <see cref="MaxInvoices"/> invoices; call it again after the commit until nothing is due.
    /// </summary>
    /// <returns>Null when nothing is due.</returns>
    public static CustomerTransaction? Decide(DunningContext context, CustomerAccount account)
    {
        var (customer, rules, now) = context;
        if (customer.Merge is null && PlanEnd.Decide(context, account) is { } ended)
            return ended;
        var due = account
            .Invoices.Where(i => i.Value.Dunning.Next?.At <= now)
            .OrderByDescending(i => rules.Policies.Of(i.Value).RankOf(i.Value.Dunning.Next!.Step))
            .Take(MaxInvoices)
            .ToList();
        if (due.Count == 0 || customer.Merge is not null)
            return null;

        var transaction = new CustomerTransaction(customer.Id);
        var windowStart = SendWindow.From(context, Channel.Email);
        if (windowStart > now)
            return PostponeAll(context, transaction, due, windowStart);

        var decisions = due.ConvertAll(i => StepDecision.Decide(context, i));
        return Fitting(
            ContactCaps.Apply(context, FormalFirst(decisions)),
            taken => Record(context, account, taken, Notices(context, taken, NoticeId.PlanAt(now)))
        );
    }

    /// <summary>
    /// A formal letter is about one invoice and is sent alone: what else is due is decided after it, and waits
    /// for the minimum days between two reminders.
    /// </summary>
    private static List<StepDecision> FormalFirst(List<StepDecision> decisions) =>
        decisions.Find(decision => decision.Channels.Count > 0 && decision.Step!.Tone.IsFormal()) is { } formal
            ? [formal]
            : decisions;

    /// <summary>With fewer decisions where one transaction cannot hold all that they put to a person.</summary>
    private static CustomerTransaction Fitting(
        List<StepDecision> decisions,
        Func<List<StepDecision>, CustomerTransaction> record
    )
    {
        var transaction = record(decisions);
        while (transaction.RowCount > CustomerTransaction.MaxRows && decisions.Count > 1)
        {
            decisions = decisions[..^1];
            transaction = record(decisions);
        }
        return transaction;
    }

    /// <summary>
    /// After data were restored: puts in doubt what may have been sent since the backup, at most
    /// <see cref="MaxInvoices"/> notices or invoices; call it again after the commit. First the notices whose time has
    /// come, then the steps that fell due by now. The minimum distance to the next reminder counts from now.
    /// </summary>
    /// <param name="backup">When the backup was made, UTC.</param>
    /// <returns>Null when nothing is left.</returns>
    public static CustomerTransaction? DecideAfterRestore(
        DunningContext context,
        CustomerAccount account,
        DateTimeOffset backup
    )
    {
        var (customer, _, now) = context;
        var today = context.Today;
        var transaction = new CustomerTransaction(account.Id);
        var planned = account
            .Notices.Where(n => n.Value.State is NoticeState.Planned && n.Value.NotBefore <= now)
            // What a person does stays with the person, who knows what was done.
            .Where(n => !n.Value.Channel.IsByPerson())
            .Take(MaxInvoices)
            .ToList();
        if (planned.Count > 0)
        {
            foreach (var notice in planned)
                transaction.Save(
                    notice,
                    // The provider can only know the ids that existed before.
                    notice.Value.PlannedAt <= backup
                        ? notice.Value.RestoredFrom(backup, now)
                        : notice.Value.MayHaveBeenSentSince(backup, now)
                );
            var newest = planned.Where(n => customer.LastNotices.Values.Any(last => last.NoticeId == n.Value.Id));
            return transaction.Save(account.Customer, RecordNotices(customer, [.. newest.Select(n => n.Value)], today));
        }
        var decisions = account
            .Invoices.Select(i => StepDecision.AfterRestore(context, i, backup))
            .OfType<StepDecision>()
            .Take(MaxInvoices)
            .ToList();
        if (decisions.Count == 0)
            return null;
        // Several such plans of one customer are made at the same instant.
        var planId = $"{NoticeId.PlanAt(now)}r{account.Notices.Count}";
        return Fitting(
            decisions,
            taken =>
                Record(
                    context,
                    account,
                    taken,
                    Notices(context, taken, planId)
                        .ConvertAll(n => n.Channel.IsByPerson() ? n : n.MayHaveBeenSentSince(backup, now))
                )
        );
    }

    private static CustomerTransaction Record(
        DunningContext context,
        CustomerAccount account,
        List<StepDecision> decisions,
        List<Notice> notices
    )
    {
        var transaction = new CustomerTransaction(account.Id);
        foreach (var decision in decisions)
            transaction.Save(decision.Before, Awaiting(decision.After, notices), decision.Events);
        foreach (var notice in notices)
            transaction.Save(before: null, notice);
        return transaction.Save(account.Customer, RecordNotices(context.Customer, notices, context.Today));
    }

    /// <summary>What a person posts or calls about has not been said yet: the next step waits for it.</summary>
    private static Invoice Awaiting(Invoice invoice, List<Notice> notices) =>
        notices
            .Where(notice => notice.Channel.IsByPerson())
            .Where(notice => notice.Lines.Any(line => line.InvoiceId == invoice.Id.Invoice))
            .Aggregate(invoice, (after, notice) => after.Awaiting(notice.Id));

    /// <summary>
    /// Steps that are due outside the send window, after an outage or a change of time zone, wait for the
    /// <see cref="SendWindow.PlanningStart"/> of the day on which the window opens.
    /// </summary>
    private static CustomerTransaction PostponeAll(
        DunningContext context,
        CustomerTransaction transaction,
        List<Versioned<Invoice>> due,
        DateTimeOffset windowStart
    )
    {
        var day = (context with { Now = windowStart }).Today;
        foreach (var invoice in due)
        {
            var sendAt = SendWindow.PlanningStart(context, day, context.PolicyOf(invoice.Value).SendAt);
            var next = invoice.Value.Dunning.Next! with
            {
                At = sendAt,
                // Today's event has today's reason.
                DelayedBy = EventReason.NonBusinessDay,
            };
            transaction
                .Save(invoice, invoice.Value.WithNext(next))
                .AddEvent(
                    invoice.Value.Id,
                    new(context.Now, EventKind.Postponed)
                    {
                        Reason = SendWindow.WhyClosed(context),
                        Step = DunningSchedule.IsReserved(next.Step) ? null : next.Step,
                        Date = day,
                    }
                );
        }
        return transaction;
    }

    private static List<Notice> Notices(DunningContext context, List<StepDecision> decisions, string planId)
    {
        var (customer, rules, now) = context;
        var reminders =
            from decision in decisions
            from channel in decision.Channels
            group decision by (channel, Subject: SubjectOf(decision, channel)) into lines
            select new Notice
            {
                Id = new($"{planId}-{lines.Key.Subject}"),
                CustomerId = customer.Id,
                Channel = lines.Key.channel,
                Tone = lines.Max(c => c.Step!.Tone),
                IsRequestedByPerson = lines.Any(c => c.Before.Value.Dunning.SendNow == c.Step!.Id),
                QuotedChannel = lines.Key.channel is Channel.Escalation ? QuotedBy(lines) : null,
                Lines =
                [
                    .. lines.Select(c => new NoticeLine(c.After.Id.Invoice, c.Step!.Id, c.Before.Value.Dunning.Step)),
                ],
                PlannedAt = now,
                NotBefore = SendWindow.From(context, lines.Key.channel),
            };
        var followUps =
            from decision in decisions
            where decision.FollowUp is not null && ContactChannels.AccountManagers(customer, rules).Count > 0
            select new Notice
            {
                Id = new($"{planId}-task-{decision.After.Id.Invoice}"),
                CustomerId = customer.Id,
                Channel = Channel.Escalation,
                Tone = NoticeTone.FollowUp,
                Lines = [new NoticeLine(decision.After.Id.Invoice, decision.Step?.Id)],
                FollowUp = decision.FollowUp,
                PlannedAt = now,
                NotBefore = now,
            };
        return [.. reminders.OrderBy(n => n.Channel), .. followUps];
    }

    /// <summary>The channel of the message to the customer: the email where there is one.</summary>
    private static Channel? QuotedBy(IEnumerable<StepDecision> decisions) =>
        decisions
            .SelectMany(decision => decision.Channels)
            .Where(channel => channel is not Channel.Escalation)
            .Select(channel => (Channel?)channel)
            .Min();

    /// <summary>What is due at the same time shares a message, but for some that are messages of their own.</summary>
    private static string SubjectOf(StepDecision decision, Channel channel) =>
        decision.Step!.Tone is NoticeTone.Collection ? "collection"
        : decision.Step.Tone.IsFormal() ? $"letter-{decision.After.Id.Invoice}"
        : channel.Name();

    private static Customer RecordNotices(Customer customer, IReadOnlyList<Notice> notices, DateOnly today) =>
        notices.Aggregate(customer, (after, notice) => after.WithReminder(notice, today));
}
