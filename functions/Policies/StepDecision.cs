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
    public FollowUp? FollowUp { get; private init; }

    /// <summary>The same decision without the step; null where none is taken.</summary>
    private StepDecision? WithoutStep { get; init; }

    public static StepDecision Decide(DunningContext context, Versioned<Invoice> before)
    {
        var decision = new StepDecision(before, before.Value, [])
            .ReplaceMissingPolicy(context)
            .EndHold(context)
            .EndPromise(context)
            .NoteExpiredSteps(context);
        var invoice = decision.After;
        if (invoice.BlockAt(context.Now) is { } block and not DunningBlock.Collected)
            return decision.Postpone(
                context,
                context.Today.AddDays(1),
                new(context.Now, EventKind.Postponed) { Block = block }
            );

        if (invoice.IsCollected && DunningSchedule.CollectionEnd(context, invoice) <= context.Today)
            return decision.AskAboutCollection(context);

        // The step is not taken: it falls due again when an address is added.
        if (!ContactChannels.CanRemind(context.Customer, context.Rules))
            return decision.WithoutAddress(context);
        if (Schedule.AwaitsAnswer(context, invoice))
            return decision.With(new(context.Now, EventKind.Postponed) { Block = DunningBlock.ReplyNotAnswered }) with
            {
                After = Schedule.Recalculate(context, invoice),
            };

        var reached = DunningSchedule.Reached(context, invoice);
        // Nothing firmer is said before the friendly reminder has explained an amount that was raised.
        if (invoice.Dunning.RaisedAmount is { ExplainedBy: null } && reached.Any(s => !s.IsUpcoming))
            reached = [reached.First(s => !s.IsUpcoming)];
        // A person calls before a report is announced, also where both fell due during an outage.
        if (
            reached is [.., { Tone: NoticeTone.CreditReport }]
            && reached.LastOrDefault(s => s.Tone is NoticeTone.FollowUp) is { } call
        )
            reached = [.. reached.TakeWhile(s => s != call), call];
        if (reached is not [.., var step])
            return decision with { After = Schedule.Recalculate(context, invoice) };
        if (invoice.Payments.Pending is { IsAnnounced: true } payment)
            return decision.AskAboutPayment(context, step, payment);
        if (
            step.Channels.Count > 0
            && step.Id != invoice.Dunning.SendNow
            && context.PolicyOf(invoice).IsQuiet(context.Today)
        )
            return decision.WaitForQuietDays(context, step);
        if (context.SilentFeed is { } feed && step.Id != invoice.Dunning.SendNow)
        {
            // A reminder without a threat may go: it asks whoever has paid to say so. What comes after a threat waits
            // with it.
            var gentle = reached.TakeWhile(s => !s.NeedsRecentPayments).ToList();
            if (gentle.Count == 0)
                return decision.WaitForFeed(context, step, feed);
            (reached, step) = (gentle, gentle[^1]);
        }
        if (reached.Count > 1)
            decision = decision.With(
                new(context.Now, EventKind.StepSkipped)
                {
                    Reason = EventReason.LaterStepDue,
                    Step = step.Id,
                    SkippedSteps = [.. reached.SkipLast(1).Select(s => s.Id)],
                }
            );
        if (FormalLetter.Of(context, invoice, step)?.WhyNot is { } refusal)
            return decision.AskInstead(context, step, refusal);
        if (step.NeedsApproval && invoice.Dunning.Approved != step.Id)
            return decision.RequestApproval(context, step);
        if (RecentNotice(context, step, invoice) is { } recent)
            return decision.WaitAfter(context, step, recent);
        return step.Tone is NoticeTone.FollowUp ? decision.AskPerson(context, step) : decision.Remind(context, step);
    }

    /// <summary>
    /// After data were restored: the highest step that may have been taken since the backup is taken, because nobody
    /// knows any more whether its messages were sent.
    /// </summary>
    /// <param name="backup">When the backup was made, UTC.</param>
    /// <returns>Null when nothing can have been sent for the invoice.</returns>
    public static StepDecision? AfterRestore(DunningContext context, Versioned<Invoice> before, DateTimeOffset backup)
    {
        var (customer, rules, now) = context;
        var invoice = before.Value;
        // A step that waits for approval waits again: a person decides about it anyway.
        // A hold or dispute of the backup may have been ended right after it.
        var resumed = invoice.Unpaused(backup);
        if (
            invoice.Dunning.Hold?.ApprovalFor is not null
            || invoice.Agreements.Promise is not null
            || invoice.CurrentPart is { DueDate: null }
            || !Schedule.IsRemindable(context, resumed)
        )
            return null;
        var reached = DunningSchedule.Reached(context, resumed);
        // An invoice that was overdue when it was accepted is reminded of on that day, which is another day now.
        var policy = rules.Policies.Of(invoice);
        var isFirstOfLateInvoice =
            invoice.AcceptedAt >= backup
            && invoice.Dunning.ScheduleStart > invoice.Document.DueDate
            && policy.Find(invoice.Dunning.Step) is null or { IsUpcoming: true };
        var step =
            reached.Count > 0 ? reached[^1]
            : isFirstOfLateInvoice ? policy.Find(invoice.Dunning.Next?.Step)
            : null;
        if (step is null)
            return null;
        var isTask = step.Tone is NoticeTone.FollowUp;
        var channels = isTask ? [] : ContactChannels.Channels(step, customer, rules);
        if (isTask ? ContactChannels.AccountManagers(customer, rules).Count == 0 : channels.Count == 0)
            return null;
        var asked = new InvoiceEvent(now, EventKind.InDoubt)
        {
            Reason = EventReason.Restored,
            Step = step.Id,
            Date = DateOnly.FromDateTime(backup.UtcDateTime),
        };
        return new StepDecision(before, Schedule.AfterStep(context, invoice.AtStep(step.Id)), [asked])
        {
            Step = step,
            Channels = channels,
            FollowUp = isTask ? FollowUpOf(step) : null,
        };
    }

    /// <summary>
    /// The policies file lost the version with which the invoice was accepted. Its steps are unknown, so the invoice
    /// goes on with those of the newest version; a person is told once, because the customer may be reminded at other
    /// times and in another tone than was intended.
    /// </summary>
    private StepDecision ReplaceMissingPolicy(DunningContext context)
    {
        if (context.Rules.Policies.Has(After.Dunning.Policy))
            return this;
        var successor = context.PolicyOf(After).Key;
        return With(
            new(context.Now, EventKind.TaskForPerson)
            {
                Reason = EventReason.PolicyRemoved,
                Policy = new PolicyReplacement(After.Dunning.Policy, successor),
            }
        ) with
        {
            After = After with { Dunning = After.Dunning with { Policy = successor } },
        };
    }

    private StepDecision EndHold(DunningContext context) =>
        After.Dunning.Hold is { Until: { } until } hold && until <= context.Today
            ? With(new(context.Now, EventKind.Resumed) { Reason = EventReason.HoldOver, Text = hold.Text }) with
            {
                After = After.Unpaused(context.Now),
            }
            : this;

    /// <summary>The day and its grace have passed: a payment in time would have ended the promise.</summary>
    private StepDecision EndPromise(DunningContext context)
    {
        if (After.Agreements.Promise is not { } promise || promise.LastDay >= context.Today)
            return this;
        var broken = After with { Agreements = After.Agreements.EndPromise(PromiseState.Broken) };
        return With(
            new(context.Now, EventKind.PromiseBroken)
            {
                Date = promise.On,
                Amount = promise.Amount,
                Owed = After.OpenAmount,
            }
        ) with
        {
            After = Schedule.OneStepHigher(context, broken),
        };
    }

    /// <summary>No scan ran in time, or the step had to wait too long: it is not sent any more.</summary>
    private StepDecision NoteExpiredSteps(DunningContext context)
    {
        var expired = DunningSchedule.ExpiredSteps(context, After).ToList();
        if (After.Dunning.Next is not { } next || !next.IsUpcoming && !expired.Exists(s => s.Id == next.Step))
            return this;
        return NoteSkipped(context.Now, EventReason.DueDatePassed, expired.FindAll(s => s.IsUpcoming))
            .NoteSkipped(context.Now, EventReason.TooLate, expired.FindAll(s => !s.IsUpcoming));
    }

    private StepDecision NoteSkipped(DateTimeOffset now, EventReason reason, List<Step> steps) =>
        steps.Count == 0
            ? this
            : With(new(now, EventKind.StepSkipped) { Reason = reason, SkippedSteps = [.. steps.Select(s => s.Id)] });

    /// <summary>
    /// The firmest reminder on any channel within the minimum days between reminders; null when there is none, or when
    /// the step sends nothing.
    /// </summary>
    private static LastNotice? RecentNotice(DunningContext context, Step step, Invoice invoice)
    {
        var today = context.Today;
        var spacing = step.Id == invoice.Dunning.SendNow ? 0 : context.PolicyOf(invoice).MinDaysBefore(step);
        // The announcement of a collection asks for nothing.
        return step.Channels.Count == 0 || step.Tone is NoticeTone.Collection
            ? null
            // After a change to a time zone further west, the last notice may carry tomorrow's date.
            : context
                .Customer.LastNotices.Values.Where(n => n.On >= today || n.On.AddDays(spacing) > today && Blocks(n))
                .MaxBy(n => n.Tone);

        // A notice from before a due date does not delay a reminder about another, overdue invoice.
        bool Blocks(LastNotice notice) => notice.Tone >= NoticeTone.Friendly || step.IsUpcoming;
    }

    private StepDecision WaitAfter(DunningContext context, Step step, LastNotice recent)
    {
        // A claim marks every invoice that the message names. A step that is not firmer than that message is covered by
        // it.
        var taken = context.PolicyOf(After).Find(After.Dunning.Step);
        var covering = context
            .Customer.LastNotices.Values.Where(n =>
                After.Dunning.IsClaimedBy(n.NoticeId) && n.On == recent.On && n.Tone >= step.Tone
            )
            .MinBy(n => n.NoticeId.Value, StringComparer.Ordinal);
        if (
            covering is not null
            // The message about the step before is not one about this step, too.
            && (taken is null || taken.Tone < step.Tone)
            // The reminder about an amount that was raised explains it.
            && After.Dunning.RaisedAmount is not { ExplainedBy: null }
        )
            return With(new(context.Now, EventKind.Covered) { Step = step.Id, Notice = covering.NoticeId })
                .AtStep(context, step);
        // Today's notice may still be in the outbox; by tomorrow its claim shows which invoices it named.
        var days = recent.On >= context.Today ? 1 : context.PolicyOf(After).MinDaysBefore(step);
        var postponed = Postpone(
            context,
            recent.On.AddDays(days),
            new(context.Now, EventKind.Postponed)
            {
                Reason = EventReason.RecentNotice,
                Step = step.Id,
                Date = recent.On,
            }
        );
        var next = postponed.After.Dunning.Next;
        return postponed with { After = postponed.After.WithNext(next?.SpacedFrom(recent.On)) };
    }

    /// <summary>After an outage, or a change of the policy: the schedule leaves these days out.</summary>
    private StepDecision WaitForQuietDays(DunningContext context, Step step) =>
        WaitUntil(
            context,
            DunningSchedule.SendingDay(context, After, context.Today, after: true),
            EventReason.QuietDay,
            step.Id
        );

    /// <summary>Until something comes from the feed, or a person says that nothing was paid; told once.</summary>
    private StepDecision WaitForFeed(DunningContext context, Step step, PaymentFeed feed)
    {
        var waiting = WaitUntil(context, context.Today.AddDays(1), EventReason.FeedSilent, step.Id);
        return After.Dunning.Next?.DelayedBy is EventReason.FeedSilent
            ? waiting with
            {
                Events = Events,
            }
            : waiting with
            {
                Events = [.. Events, waiting.Events[^1] with { Provider = feed.Provider }],
            };
    }

    /// <summary>Its message would be one too many: the step waits for the first day on which it is not.</summary>
    public StepDecision WaitForCap(DunningContext context, DateOnly until) =>
        (WithoutStep ?? this).WaitUntil(context, until, EventReason.ContactCap, Step?.Id);

    private StepDecision WaitUntil(DunningContext context, DateOnly until, EventReason reason, StepId? step)
    {
        var postponed = Postpone(
            context,
            until,
            new(context.Now, EventKind.Postponed)
            {
                Reason = reason,
                Step = step,
                Date = until,
            }
        );
        var next = postponed.After.Dunning.Next;
        return postponed with
        {
            After = postponed.After.WithNext(next is null ? null : next with { DelayedBy = reason }),
        };
    }

    private StepDecision WithoutAddress(DunningContext context)
    {
        var reason = ContactChannels.WhyNoAddress(context.Customer);
        return With(new(context.Now, EventKind.NotSent) { Block = reason, Step = After.Dunning.Next?.Step }) with
        {
            After = Schedule.NoteContact(context, After).WithNext(null, reason),
        };
    }

    private StepDecision AskPerson(DunningContext context, Step step) =>
        With(
                new(context.Now, EventKind.TaskForPerson)
                {
                    Reason = EventReason.StepNeedsPerson,
                    Step = step.Id,
                    Text = step.FollowUp,
                }
            )
            .AtStep(context, step) with
        {
            Step = step,
            FollowUp = FollowUpOf(step),
        };

    /// <summary>The letter may not be sent: the step counts as taken, and a person decides what follows.</summary>
    private StepDecision AskInstead(DunningContext context, Step step, LetterRefusal refusal) =>
        With(
                new(context.Now, EventKind.TaskForPerson)
                {
                    Reason = EventReason.LetterNotAllowed,
                    Step = step.Id,
                    LetterRefusal = refusal,
                }
            )
            .AtStep(context, step);

    private StepDecision Remind(DunningContext context, Step step)
    {
        var channels = ContactChannels.Channels(step, context.Customer, context.Rules);
        if (channels.Count == 0 && step.Tone.IsFormal())
            return AskInstead(context, step, LetterRefusal.NoAddress);
        InvoiceEvent taken =
            channels.Count > 0
                ? new(context.Now, EventKind.Planned) { Channels = channels }
                : new(context.Now, EventKind.NotSent)
                {
                    Block = ContactChannels.WhyNoAddress(
                        context.Customer,
                        step.Channels.Count == 1 ? step.Channels[0] : null
                    ),
                    Channels = step.Channels,
                };
        return With(taken with { Step = step.Id }).AtStep(context, step) with
        {
            Step = step,
            Channels = channels,
            WithoutStep = this,
        };
    }

    /// <summary>
    /// The time in which the bank reports a failed debit has passed, and neither payment nor failure was reported. A
    /// reminder may be wrong, and so may further waiting: a person is asked.
    /// </summary>
    private StepDecision AskAboutPayment(DunningContext context, Step step, PendingPayment payment)
    {
        return With(new(context.Now, EventKind.TaskForPerson) { Reason = EventReason.PaymentMissing }) with
        {
            After = After.WithoutFollowUps(FollowUpKind.PaymentClaimed) with
            {
                Dunning = After.Dunning with
                {
                    Hold = new Hold(HoldReason.PaymentMissing, context.Now, Until: null)
                    {
                        AwaitedPayment = payment.ObjectId,
                    },
                    Approved = null,
                    Next = null,
                },
                Payments = After.Payments with { Pending = null },
            },
            Step = step,
            FollowUp = new FollowUp(FollowUpReason.PaymentMissing),
        };
    }

    /// <summary>
    /// The day and the bank's time have passed, and neither payment nor failure was reported: a person is asked. When
    /// the hold ends without a payment, the customer is asked to pay.
    /// </summary>
    private StepDecision AskAboutCollection(DunningContext context) =>
        With(new(context.Now, EventKind.TaskForPerson) { Reason = EventReason.CollectionUnknown }) with
        {
            After = After with
            {
                Dunning = After.Dunning with
                {
                    Hold = new Hold(HoldReason.CollectionUnknown, context.Now, Until: null),
                    Approved = null,
                    Next = null,
                },
                Payments = After.Payments with { CollectionFailedAt = context.Now },
            },
            FollowUp = new FollowUp(FollowUpReason.CollectionUnknown),
        };

    private StepDecision RequestApproval(DunningContext context, Step step) =>
        With(new(context.Now, EventKind.ApprovalNeeded) { Step = step.Id }) with
        {
            After = After with
            {
                Dunning = After.Dunning with
                {
                    Hold = new Hold(HoldReason.AwaitsApproval, context.Now, Until: null) { ApprovalFor = step.Id },
                    Next = null,
                },
            },
            Step = step,
            FollowUp = FollowUpOf(step),
        };

    private StepDecision Postpone(DunningContext context, DateOnly until, InvoiceEvent why) =>
        With(why) with
        {
            After = After.WithNext(DunningSchedule.Next(context, After, until)),
        };

    private StepDecision AtStep(DunningContext context, Step step) =>
        this with
        {
            After = Schedule.AfterStep(context, After.AtStep(step.Id)),
        };

    private StepDecision With(InvoiceEvent invoiceEvent) => this with { Events = [.. Events, invoiceEvent] };

    private static FollowUp? FollowUpOf(Step step) =>
        step.FollowUp is null ? null : new FollowUp(FollowUpReason.PolicyStep) { Text = step.FollowUp };
}
