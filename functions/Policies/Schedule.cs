using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// Sets <see cref="DunningState.Next"/>. Every change that can move an invoice's next step must pass through
/// <see cref="Recalculate"/> before it is saved: the agenda is derived from the next step, and an invoice without an
/// agenda row is never scanned. Only the scan sets the next step otherwise: with <see cref="AfterStep"/>, or by
/// postponing it.
/// </summary>
internal static class Schedule
{
    /// <summary>The invoice with the next step that its state and its customer's contacts allow.</summary>
    public static Invoice Recalculate(DunningContext context, Invoice invoice)
    {
        invoice = NoteContact(context, invoice);
        if (!IsRemindable(context, invoice))
            return invoice.WithNext(null, WhyNotContacted(context, invoice));
        // What the steps are about has changed: a part of a plan was paid, or a collection failed.
        if ((invoice.Dunning.StepList, invoice.Dunning.Part) != (StepListOf(invoice), invoice.CurrentPart?.Number))
            invoice = Restart(context, invoice);
        // There was no usable contact until now: start the schedule today, so that the first reminder is the friendly
        // one.
        if (
            invoice.Dunning is { Next: null, Step: null }
            && DunningSchedule.StartOf(context, invoice) is var start
            && start > invoice.Dunning.ScheduleStart
        )
            invoice = invoice with { Dunning = invoice.Dunning with { ScheduleStart = start } };
        var notBefore = context.Today;
        if (invoice.Dunning.Hold?.Until is { } until && until > notBefore)
            notBefore = until;
        if (
            invoice.Payments.Pending?.Until is { } pending
            && pending > context.Now
            && context.DayOf(pending) is var day
            && day > notBefore
        )
            notBefore = day;
        return invoice.WithNext(DunningSchedule.Next(context, invoice, notBefore));
    }

    /// <summary>
    /// The invoice with its next step after a step was taken: not before the minimum days have passed since today,
    /// however late this step was.
    /// </summary>
    public static Invoice AfterStep(DunningContext context, Invoice invoice)
    {
        invoice = NoteContact(context, invoice);
        if (!IsRemindable(context, invoice))
            return invoice.WithNext(null, WhyNotContacted(context, invoice));
        var step = context.PolicyOf(invoice).Find(invoice.Dunning.Step);
        var next = DunningSchedule.Next(context, invoice, EarliestAfter(context, invoice, step));
        var isDelayed = next?.At > DunningSchedule.Next(context, invoice, context.Today)?.At;
        return invoice.WithNext(isDelayed ? next!.SpacedFrom(context.Today) : next);
    }

    /// <summary>
    /// The first day of the step after one that is taken today: the minimum days have passed, and the date to pay by
    /// that its message names.
    /// </summary>
    public static DateOnly EarliestAfter(DunningContext context, Invoice invoice, Step? step)
    {
        var following = DunningSchedule.StepAbove(context, step is null ? invoice : invoice.AtStep(step.Id));
        var spaced = context.Today.AddDays(
            Math.Max(context.PolicyOf(invoice).MinDaysBefore(following), step?.PayByDays + 1 ?? 0)
        );
        return FormalLetter.Of(context, invoice, step)?.Deadline.AddDays(1) is { } answered && answered > spaced
            ? answered
            : spaced;
    }

    /// <summary>
    /// The invoice at the start of its steps. Steps before the due date that lie in the past are skipped.
    /// </summary>
    public static Invoice Restart(DunningContext context, Invoice invoice)
    {
        invoice = WithStepList(invoice);
        var restarted = invoice with
        {
            Dunning = invoice.Dunning with
            {
                ScheduleStart = DunningSchedule.StartOf(context, invoice),
                Step = null,
                Approved = null,
                SendNow = null,
            },
        };
        var midnight = context.InstantOf(context.Today, TimeOnly.MinValue);
        var missed = DunningSchedule.MissedAtStart(context with { Now = midnight }, restarted);
        return restarted with { Dunning = restarted.Dunning with { Step = missed, MissedStep = missed } };
    }

    /// <summary>
    /// The invoice at the step that its age has reached, as if the steps before had been taken. No step that a person
    /// approves, no formal letter and no final notice is reached so: the customer would get it as the first message.
    /// </summary>
    public static Invoice StartAtStepDue(DunningContext context, Invoice invoice)
    {
        invoice = Restart(context, invoice);
        var counted = invoice with { Dunning = invoice.Dunning with { ScheduleStart = invoice.DueDate, Step = null } };
        var reached = DunningSchedule
            .Reached(context, counted)
            .TakeWhile(step => step is { NeedsApproval: false } && !step.Tone.NeedsRecentPayments())
            .ToList();
        if (reached is not [.., { Id: var before }, _])
            return invoice;
        invoice = invoice with { Dunning = invoice.Dunning with { Step = before, MissedStep = before } };
        return invoice with
        {
            Dunning = invoice.Dunning with { ScheduleStart = DunningSchedule.StartForNextStep(context, invoice) },
        };
    }

    /// <summary>
    /// The invoice after a promise or plan that was broken: the step above the last one taken is due today.
    /// </summary>
    public static Invoice OneStepHigher(DunningContext context, Invoice invoice)
    {
        invoice = WithStepList(invoice);
        // Before the due date nothing is late, whatever was promised.
        if (invoice.DueDate >= context.Today && invoice.Agreements.Plan is not { Stands: false })
            return Restart(context, invoice);
        return invoice with
        {
            Dunning = invoice.Dunning with { ScheduleStart = DunningSchedule.StartForNextStep(context, invoice) },
        };
    }

    private static Invoice WithStepList(Invoice invoice) =>
        invoice with
        {
            Dunning = invoice.Dunning with { StepList = StepListOf(invoice), Part = invoice.CurrentPart?.Number },
        };

    private static StepList StepListOf(Invoice invoice) =>
        invoice.IsCollected ? StepList.Collection
        : invoice is { CurrentPart: not null, IsPartMissed: false } ? StepList.Plan
        : StepList.Invoice;

    /// <summary>Null when the customer can be reminded.</summary>
    private static DunningBlock? WhyNotContacted(DunningContext context, Invoice invoice) =>
        context.Customer.Merge is not null ? DunningBlock.CustomersMerged
        : context.Customer.DoNotContact ? DunningBlock.DoNotContact
        : !ContactChannels.CanRemind(context.Customer, context.Rules) ? ContactChannels.WhyNoAddress(context.Customer)
        : context.Customer.AwaitsAnswer ? DunningBlock.ReplyNotAnswered
        : invoice.Dunning.AwaitedNotices.Count > 0 && IsDemandable(context, invoice) ? DunningBlock.AwaitsPerson
        : null;

    /// <summary>
    /// The customer waits for an answer: no reminder until then. A collection goes on, and is announced.
    /// </summary>
    internal static bool AwaitsAnswer(DunningContext context, Invoice invoice) =>
        context.Customer.AwaitsAnswer && !invoice.IsCollected;

    /// <summary>Since when there has been no address for what would be demanded.</summary>
    internal static Invoice NoteContact(DunningContext context, Invoice invoice)
    {
        var isMissing = IsDemandable(context, invoice) && !ContactChannels.CanRemind(context.Customer, context.Rules);
        return isMissing == invoice.Dunning.NoContactSince is not null
            ? invoice
            : invoice with
            {
                Dunning = invoice.Dunning with { NoContactSince = isMissing ? context.Now : null },
            };
    }

    internal static bool IsRemindable(DunningContext context, Invoice invoice) =>
        IsDemandable(context, invoice)
        && !AwaitsAnswer(context, invoice)
        && invoice.Dunning.AwaitedNotices.Count == 0
        && ContactChannels.CanRemind(context.Customer, context.Rules);

    private static bool IsDemandable(DunningContext context, Invoice invoice) =>
        invoice is { Closed: null, ErasedAt: null, MovedFrom: null, OpenAmount.IsPositive: true }
        && invoice.Document.Kind is InvoiceKind.Invoice
        && invoice.UndisputedAmount.IsPositive
        && invoice.Dunning.Hold is null or { Until: not null }
        && context.Customer is { Merge: null, DoNotContact: false };
}
