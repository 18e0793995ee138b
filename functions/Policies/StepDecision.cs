using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// The decision about one due invoice: the step it takes, or why it takes none, the channels to use, and the events to
/// record.
/// </summary>
internal sealed record StepDecision(Versioned<Invoice> Before, Invoice After, IReadOnlyList<InvoiceEvent> Events)
{
    public Step? Step { get; private init; }
    public IReadOnlyList<Channel> Channels { get; private init; } = [];

    /// <summary>The task for the account manager; null for none.</summary>
    public string? FollowUp { get; private init; }

    public static StepDecision Decide(
        Versioned<Invoice> before,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var today = rules.Today(customer, now);
        var invoice = before.Value;
        List<InvoiceEvent> events = [];
        if (!rules.Policies.Has(invoice.Policy))
            (invoice, events) = MoveToExistingPolicy(invoice, rules, now);
        if (invoice.Hold is { Until: { } until } hold && until <= today)
        {
            invoice = invoice.Unpaused(now);
            events.Add(new(now, EventKind.Resumed, $"The hold is over: {hold.Reason}"));
        }
        // No scan ran in time, so the next step still is one from before the due date.
        if (
            invoice.Next is { IsUpcoming: true }
            && DunningSchedule.ExpiredSteps(invoice, rules, today).ToList() is { Count: > 0 } missed
        )
            events.Add(
                new(
                    now,
                    EventKind.StepSkipped,
                    $"Skipped because the due date has passed: {string.Join(", ", missed.Select(s => s.Id))}"
                )
            );
        if (invoice.WhyNotDemanded(now) is { } reason)
            return Postpone(
                before,
                invoice,
                customer,
                rules,
                today.AddDays(1),
                [.. events, new(now, EventKind.Postponed, $"Not reminded today: {reason}")]
            );

        // The step is not taken: it falls due again when an address is added.
        if (!ContactChannels.CanRemind(customer, rules))
            return new StepDecision(
                before,
                invoice with
                {
                    Next = null,
                },
                [.. events, new(now, EventKind.NotSent, "Nothing can be sent: there is no address that can be used")]
            );

        var reached = DunningSchedule.Reached(invoice, customer, rules, now);
        if (reached.Count == 0)
            return new StepDecision(before, Schedule.Recalculate(invoice, customer, rules, now), events);
        var step = reached[^1];
        if (invoice.Pending is { IsAnnounced: true } pending)
            return AskAboutPayment(pending, step, before, invoice, now, events);
        if (reached.Count > 1)
            events.Add(
                new(
                    now,
                    EventKind.StepSkipped,
                    $"Skipped because step '{step.Id}' is due too: "
                        + string.Join(", ", reached.SkipLast(1).Select(s => s.Id))
                )
            );
        return Take(step, before, invoice, customer, rules, now, events);
    }

    /// <summary>
    /// After data were restored: the highest step that may have been taken since the backup is taken, because nobody
    /// knows any more whether its messages were sent.
    /// </summary>
    /// <param name="backup">When the backup was made, UTC.</param>
    /// <returns>Null when nothing can have been sent for the invoice.</returns>
    public static StepDecision? AfterRestore(
        Versioned<Invoice> before,
        Customer customer,
        DunningRules rules,
        DateTimeOffset backup,
        DateTimeOffset now
    )
    {
        var invoice = before.Value;
        // A step that waits for approval waits again: a person decides about it anyway.
        // A hold or dispute of the backup may have been ended right after it.
        var resumed = invoice.Unpaused(backup);
        if (invoice.Hold?.ApprovalFor is not null || !Schedule.IsRemindable(resumed, customer, rules))
            return null;
        var reached = DunningSchedule.Reached(resumed, customer, rules, now);
        // An invoice that was overdue when it was accepted is reminded of on that day, which is another day now.
        var policy = rules.Policies.Of(invoice);
        var isFirstOfLateInvoice =
            invoice.AcceptedAt >= backup
            && invoice.ScheduleStart > invoice.DueDate
            && policy.Find(invoice.Step) is null or { IsUpcoming: true };
        var step =
            reached.Count > 0 ? reached[^1]
            : isFirstOfLateInvoice ? policy.Find(invoice.Next?.Step)
            : null;
        if (step is null)
            return null;
        var isTask = step.Tone is NoticeTone.FollowUp;
        var channels = isTask ? [] : ContactChannels.Channels(step, customer, rules);
        if (isTask ? ContactChannels.AccountManagers(customer, rules).Count == 0 : channels.Count == 0)
            return null;
        var asked = new InvoiceEvent(
            now,
            EventKind.InDoubt,
            $"Step '{step.Id}' may have been taken since the backup of {backup:yyyy-MM-dd HH:mm} UTC that the data "
                + "were restored from: a person decides whether its messages were sent"
        );
        return new StepDecision(before, AtStep(step, invoice, customer, rules, now), [asked])
        {
            Step = step,
            Channels = channels,
            FollowUp = isTask ? step.FollowUp : null,
        };
    }

    /// <summary>
    /// The policies file lost the version with which the invoice was accepted. Its steps are unknown, so the invoice
    /// goes on with those of the newest version; a person is told once, because the customer may be reminded at other
    /// times and in another tone than was intended.
    /// </summary>
    private static (Invoice Invoice, List<InvoiceEvent> Events) MoveToExistingPolicy(
        Invoice invoice,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var successor = rules.Policies.Of(invoice).Key;
        return (
            invoice with
            {
                Policy = successor,
            },
            [
                new(
                    now,
                    EventKind.TaskForPerson,
                    $"Policy {invoice.Policy} is in no policies file any more: the invoice goes on with {successor}. "
                        + "Check its next step; put the version back for invoices that still have it"
                ),
            ]
        );
    }

    private static StepDecision Take(
        Step step,
        Versioned<Invoice> before,
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        if (step.NeedsApproval && invoice.Approved != step.Id)
            return RequestApproval(step, before, invoice, now, events);
        if (RecentNotice(step, invoice, customer, rules, now) is { } recent)
        {
            // A claim marks every invoice that the message names. A step that is not firmer than that message is
            // covered by it.
            if (
                recent.Tone >= step.Tone
                && customer.LastNotices.Values.Any(n =>
                    n.NoticeId == invoice.ClaimedBy && n.On == recent.On && n.Tone >= step.Tone
                )
            )
                return new StepDecision(
                    before,
                    AtStep(step, invoice, customer, rules, now),
                    [
                        .. events,
                        new(now, EventKind.Covered, $"Step '{step.Id}' is covered by notice {invoice.ClaimedBy}"),
                    ]
                );
            // Today's notice may still be in the outbox; by tomorrow its claim shows which invoices it named.
            var nextDay = recent.On.AddDays(
                recent.On >= rules.Today(customer, now) ? 1 : rules.Policies.Of(invoice).MinDaysBetweenNotices
            );
            return Postpone(
                before,
                invoice,
                customer,
                rules,
                nextDay,
                [
                    .. events,
                    new(
                        now,
                        EventKind.Postponed,
                        $"Step '{step.Id}' waits: a notice to the customer is dated {recent.On:yyyy-MM-dd}"
                    ),
                ]
            );
        }
        if (step.Tone is NoticeTone.FollowUp)
        {
            events.Add(new(now, EventKind.TaskForPerson, step.FollowUp ?? $"Step '{step.Id}' needs a person to act"));
            return new StepDecision(before, AtStep(step, invoice, customer, rules, now), events)
            {
                Step = step,
                FollowUp = step.FollowUp,
            };
        }
        var channels = ContactChannels.Channels(step, customer, rules);
        events.Add(
            channels.Count > 0
                ? new(
                    now,
                    EventKind.Planned,
                    $"Step '{step.Id}': reminder by {string.Join(", ", channels).ToLowerInvariant()}"
                )
                : new(
                    now,
                    EventKind.NotSent,
                    $"Step '{step.Id}' could not be sent: there is no address for "
                        + string.Join(" or ", step.Channels).ToLowerInvariant()
                )
        );
        return new StepDecision(before, AtStep(step, invoice, customer, rules, now), events)
        {
            Step = step,
            Channels = channels,
        };
    }

    /// <summary>
    /// The firmest reminder on any channel within the minimum days between reminders; null when there is none, or when
    /// the step sends nothing.
    /// </summary>
    private static LastNotice? RecentNotice(
        Step step,
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var today = rules.Today(customer, now);
        var spacing = rules.Policies.Of(invoice).MinDaysBetweenNotices;
        return step.Channels.Count == 0
            ? null
            // After a change to a time zone further west, the last notice may carry tomorrow's date.
            : customer
                .LastNotices.Values.Where(n => n.On >= today || n.On.AddDays(spacing) > today && Blocks(n))
                .MaxBy(n => n.Tone);

        // A notice from before a due date does not delay a reminder about another, overdue invoice.
        bool Blocks(LastNotice notice) => notice.Tone >= NoticeTone.Friendly || step.IsUpcoming;
    }

    /// <summary>
    /// The time in which the bank reports a failed debit has passed, and neither payment nor failure was reported. A
    /// reminder may be wrong, and so may further waiting: a person is asked.
    /// </summary>
    private static StepDecision AskAboutPayment(
        PendingPayment payment,
        Step step,
        Versioned<Invoice> before,
        Invoice invoice,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        const string question =
            "A payment was announced and has not arrived: ask the bank or the payment provider, then record the "
            + "payment or resume the invoice";
        events.Add(new(now, EventKind.TaskForPerson, question));
        var held = invoice with
        {
            Hold = new Hold("an announced payment has not arrived", now, Until: null, AwaitedPayment: payment.ObjectId),
            Pending = null,
            Next = null,
        };
        return new StepDecision(before, held, events) { Step = step, FollowUp = question };
    }

    private static StepDecision RequestApproval(
        Step step,
        Versioned<Invoice> before,
        Invoice invoice,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        events.Add(
            new(now, EventKind.ApprovalNeeded, $"Step '{step.Id}' waits for a person: resume the invoice to approve it")
        );
        var held = invoice with
        {
            Hold = new Hold($"step '{step.Id}' waits for approval", now, Until: null, ApprovalFor: step.Id),
            Next = null,
        };
        return new StepDecision(before, held, events) { Step = step, FollowUp = step.FollowUp };
    }

    private static Invoice AtStep(
        Step step,
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    ) => Schedule.AfterStep(invoice with { Step = step.Id }, customer, rules, now);

    private static StepDecision Postpone(
        Versioned<Invoice> before,
        Invoice invoice,
        Customer customer,
        DunningRules rules,
        DateOnly until,
        IReadOnlyList<InvoiceEvent> events
    ) => new(before, invoice with { Next = DunningSchedule.Next(invoice, customer, rules, until) }, events);
}
