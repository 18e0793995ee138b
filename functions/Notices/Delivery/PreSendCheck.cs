using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// The last check before a message is sent, against the current rows: an invoice that was paid, disputed, put on hold
/// or voided since the notice was planned, or that has a pending payment mark, is not demanded.
/// </summary>
internal static class PreSendCheck
{
    /// <param name="closed">The notice's invoices that are closed.</param>
    public static PreSendResult Decide(
        DunningContext context,
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed
    )
    {
        var (customer, rules, now) = context;
        // The notice, if it is not planned anew, moves with the invoices.
        if (customer.Merge is not null)
            return PreSendResult.Wait(notice, now.AddMinutes(1));
        if (notice.NotBefore > now)
            return PreSendResult.Wait(notice, notice.NotBefore);
        if (WhyNoRecipient(notice, customer, rules) is { } reason)
            return PreSendResult.Suppress(notice, reason);
        if (notice.Tone is NoticeTone.FollowUp)
            return FollowUp(notice, account, closed, now);
        // A person answers now.
        if (notice.Tone is NoticeTone.Answer)
            return new PreSendResult(notice.Tone, [], [], []) { NeedsNoInvoice = true };
        if (SendWindow.From(context, notice.Channel) is var opens && opens > now)
            return PreSendResult.Wait(notice, opens) with { WhyWait = SendWindow.WhyClosed(context) };
        // The copy says that the letter was sent, or the call made.
        if (
            notice is { IsReminder: true, Channel: Channel.Escalation }
            && account.Notices.Any(n => n.Value.Channel.IsByPerson() && notice.IsCopyOf(n.Value))
        )
            return PreSendResult.Wait(notice, now.AddHours(6));
        if (WaitsForFeed(context, notice))
            return PreSendResult.Wait(notice, now.AddHours(6)) with { WhyWait = EventReason.FeedSilent };
        // It was planned on an earlier day, and has waited. On a quiet day only what a person asks for is planned.
        if (
            notice.IsReminder
            && context.DayOf(notice.PlannedAt) < context.Today
            && DunningSchedule.QuietUntil(context, account, notice) is { } end
        )
            return PreSendResult.Wait(notice, context.InstantOf(end, TimeOnly.MinValue)) with
            {
                WhyWait = EventReason.QuietDay,
            };
        return notice.Tone switch
        {
            NoticeTone.ThankYou => ThankYou(notice, closed),
            NoticeTone.PlanAgreed => Announcement(notice, account, i => WhyNotConfirmed(i, notice)),
            NoticeTone.Collection => Announcement(notice, account, i => WhyNotAnnounced(i, now)),
            NoticeTone.Statement => Statement(notice, account, now),
            _ => Reminder(context, notice, account, closed),
        };
    }

    /// <summary>
    /// The same for what a person does: at what hour the letter is printed, and on which of the customer's days,
    /// disturbs nobody.
    /// </summary>
    public static PreSendResult DecideByPerson(
        DunningContext context,
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed
    ) =>
        context.Customer.Merge is not null ? PreSendResult.Wait(notice, context.Now.AddMinutes(1))
        : WhyNoRecipient(notice, context.Customer, context.Rules) is { } reason ? PreSendResult.Suppress(notice, reason)
        : Reminder(context, notice, account, closed);

    /// <summary>
    /// It was planned before the feed fell silent, or in place of a message that did not arrive: whoever gets it may
    /// have paid.
    /// </summary>
    public static bool WaitsForFeed(DunningContext context, Notice notice) =>
        notice is { IsReminder: true, IsRequestedByPerson: false }
        && (notice.Tone.NeedsRecentPayments() || notice.Channel is Channel.Escalation)
        && context.SilentFeed is not null;

    private static DunningBlock? WhyNoRecipient(Notice notice, Customer customer, DunningRules rules) =>
        notice switch
        {
            _ when customer.ErasedAt is not null => DunningBlock.Erased,
            { Tone: NoticeTone.FollowUp } => ContactChannels.AccountManagers(customer, rules).Count > 0
                ? null
                : DunningBlock.NoAccountManager,
            { Answer: { } answer } => WhyNotAnswered(answer, customer),
            _ when customer.DoNotContact => DunningBlock.DoNotContact,
            { IsReminder: true } when customer.AwaitsAnswer => DunningBlock.ReplyNotAnswered,
            _ when !ContactChannels.CanUse(notice.Channel, customer, rules) => ContactChannels.WhyNoAddress(
                customer,
                notice.Channel
            ),
            // How a formal letter goes, the policy decides.
            { IsReminder: true } when !customer.Allows(notice.Channel) && !notice.Tone.IsFormal() =>
                DunningBlock.NoAddress,
            // After an outage of days, two reminders of one schedule must not arrive together. Of a letter or call the
            // next step waits until a person has acted.
            { IsReminder: true }
                when !notice.Channel.IsByPerson()
                    && customer.LastNotices.TryGetValue(notice.Channel, out var last)
                    && last.NoticeId != notice.Id => DunningBlock.NewerNotice,
            _ => null,
        };

    /// <summary>Whoever wrote gets an answer, also when reminders go elsewhere.</summary>
    private static DunningBlock? WhyNotAnswered(NoticeAnswer answer, Customer customer) =>
        customer.HasOptedOut(answer.To) ? DunningBlock.OptedOut
        : customer.IsAlive(answer.To) ? null
        : DunningBlock.AddressDead;

    /// <summary>What a reminder demands now, whatever the hour.</summary>
    internal static PreSendResult Reminder(
        DunningContext context,
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed
    )
    {
        List<ExcludedInvoice> excluded =
        [
            .. from line in notice.Lines
            let invoice = account.Invoice(line.InvoiceId)
                ?? closed.FirstOrDefault(c => c.Value.Id.Invoice == line.InvoiceId)
            let reason = BlockOf(context, line, invoice?.Value)
            where reason is not null
            select new ExcludedInvoice(line.InvoiceId, reason.Value),
        ];
        var remaining = notice
            .Lines.Where(l => excluded.TrueForAll(d => d.InvoiceId != l.InvoiceId))
            .Select(l => (l.Step, Invoice: account.Invoice(l.InvoiceId)!))
            .ToList();
        if (remaining.Count == 0)
            return new PreSendResult(notice.Tone, [], [], excluded);

        // The invoice with the firmest step may have been paid: the tone is that of the firmest step that remains.
        var tone = remaining.Max(a => context.PolicyOf(a.Invoice.Value).Find(a.Step)?.Tone ?? notice.Tone);
        var others = account
            .Invoices.Where(i => !excluded.Exists(d => d.InvoiceId == i.Value.Id.Invoice))
            .Where(i => IsDemandedToo(context, i.Value, notice.Channel, tone));
        return new PreSendResult(
            tone,
            [.. remaining.Select(a => a.Invoice).Union(others).OldestFirst()],
            [.. account.Invoices.Where(i => i.Value is { Dunning.Dispute: not null, OpenAmount.IsPositive: true })],
            excluded
        );
    }

    /// <summary>Why a reminder does not name an invoice that it was planned for; null when it does.</summary>
    /// <param name="invoice">Null when it no longer exists.</param>
    private static DunningBlock? BlockOf(DunningContext context, NoticeLine line, Invoice? invoice) =>
        invoice is null ? DunningBlock.InvoiceMissing
        : invoice.BlockAt(context.Now) is { } block ? block
        : invoice.Dunning.Step != line.Step ? DunningBlock.AnotherStep
        : context.PolicyOf(invoice).Find(line.Step) is not { } step ? DunningBlock.StepRemovedFromPolicy
        // After an outage: "due soon" would be wrong.
        : step.IsUpcoming && invoice.DueDate < context.Today ? DunningBlock.DueDatePassed
        : step.Tone.IsFormal()
        && (invoice.Dunning.Approved != step.Id || FormalLetter.Of(context, invoice, step)?.WhyNot is not null)
            ? DunningBlock.LetterNotAllowed
        : null;

    /// <summary>
    /// From <see cref="NoticeTone.Friendly"/> on, a reminder demands every overdue invoice. Not those of which a formal
    /// letter was sent, and no other ones in a formal letter. Earlier tones do not: an invoice that is a day late gets
    /// its own reminder. They add only invoices whose step is due as well and which did not fit into the transaction of
    /// the plan.
    /// </summary>
    private static bool IsDemandedToo(DunningContext context, Invoice invoice, Channel channel, NoticeTone tone) =>
        !tone.IsFormal()
        && invoice.BlockAt(context.Now) is null
        && context.PolicyOf(invoice).Find(invoice.Dunning.Step)?.Tone.IsFormal() is not true
        && (
            tone >= NoticeTone.Friendly
                ? invoice.DueDate < context.Today
                : DunningSchedule.Reached(context, invoice) is [.., { NeedsApproval: false } step]
                    && step.Tone <= tone
                    && step.Channels.Contains(channel)
        );

    private static PreSendResult ThankYou(Notice notice, IReadOnlyList<Versioned<Invoice>> closed)
    {
        var settled = closed.Where(i => i.Value.Closed?.As is ClosedAs.Settled).ToList();
        var excluded = notice.Lines.Select(l => l.InvoiceId).Except(settled.Select(i => i.Value.Id.Invoice));
        return new PreSendResult(
            NoticeTone.ThankYou,
            settled,
            [],
            [.. excluded.Select(id => new ExcludedInvoice(id, DunningBlock.NoLongerSettled))]
        );
    }

    /// <summary>A message that tells the customer something and does not ask for money now.</summary>
    private static PreSendResult Announcement(
        Notice notice,
        CustomerAccount account,
        Func<Invoice, DunningBlock?> whyNot
    )
    {
        var lines = notice.Lines.Select(line => (line.InvoiceId, Invoice: account.Invoice(line.InvoiceId))).ToList();
        var excluded = lines
            .Select(line =>
                (line.InvoiceId, Block: line.Invoice is { } open ? whyNot(open.Value) : DunningBlock.InvoiceClosed)
            )
            .Where(line => line.Block is not null)
            .Select(line => new ExcludedInvoice(line.InvoiceId, line.Block!.Value))
            .ToList();
        return new PreSendResult(
            notice.Tone,
            [
                .. lines
                    .Where(line => !excluded.Exists(e => e.InvoiceId == line.InvoiceId))
                    .Select(line => line.Invoice!),
            ],
            [],
            excluded
        );
    }

    private static DunningBlock? WhyNotConfirmed(Invoice invoice, Notice notice) =>
        invoice.ErasedAt is not null ? DunningBlock.Erased
        : invoice.MovedFrom is not null ? DunningBlock.BeingMoved
        : invoice.Agreements.Plan is { Stands: true } plan && plan.Id == notice.PlanId ? null
        : DunningBlock.PlanEnded;

    private static DunningBlock? WhyNotAnnounced(Invoice invoice, DateTimeOffset now) =>
        invoice.BlockAt(now) switch
        {
            DunningBlock.Collected => null,
            // The collection has failed meanwhile: the customer is asked to pay.
            null => DunningBlock.AnotherStep,
            var block => block,
        };

    /// <summary>
    /// A statement is made from the rows of this moment, so nothing stops it. It waits for payments that are reported
    /// and not applied: it would show them as missing.
    /// </summary>
    private static PreSendResult Statement(Notice notice, CustomerAccount account, DateTimeOffset now)
    {
        if (account.Invoices.Any(i => i.Value is { Payments.PendingPayments.Count: > 0 } or { MovedFrom: not null }))
            return PreSendResult.Wait(notice, now.AddMinutes(5));
        List<Versioned<Invoice>> open =
        [
            .. account
                .Invoices.Where(i => i.Value is { OpenAmount.IsPositive: true, IsUncertain: false })
                .OldestFirst(),
        ];
        return new PreSendResult(
            NoticeTone.Statement,
            open,
            [.. open.Where(i => !i.Value.UndisputedAmount.IsPositive)],
            []
        )
        {
            NeedsNoInvoice = true,
        };
    }

    /// <summary>
    /// What stops a reminder stops a follow-up, except a hold: the follow-up may be about ending that hold.
    /// </summary>
    private static PreSendResult FollowUp(
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed,
        DateTimeOffset now
    )
    {
        var invoice = account.Invoice(notice.Lines[0].InvoiceId);
        if (
            notice.FollowUp?.Reason is FollowUpReason.RetainerUsedUp
            && (invoice ?? (closed is [var first, ..] ? first : null)) is { } paid
        )
            return new PreSendResult(NoticeTone.FollowUp, [paid], [], []);
        // Nothing else announces that a step waits for approval: a possible payment postpones the follow-up and does
        // not drop it.
        if (invoice?.Value.Payments.PendingPayments.Count > 0)
            return PreSendResult.Wait(notice, now.AddHours(1));
        if (invoice?.Value.Payments.Pending?.Until is { } pending && pending > now)
            return PreSendResult.Wait(notice, pending);
        var reason = invoice is null ? DunningBlock.InvoiceClosed : invoice.Value.BlockAt(now, ignoringHold: true);
        return reason is { } block
            ? PreSendResult.Suppress(notice, block)
            : new PreSendResult(NoticeTone.FollowUp, [invoice!], [], []);
    }
}
