using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// The last check before a message is sent, by what is stored now and not by what was stored when the notice was
/// planned: paid, disputed, held, voided, or a payment seen and not applied yet means that the invoice is not asked
/// for.
/// </summary>
internal static class PreSendCheck
{
    /// <summary>More would not fit one claim, nor one screen.</summary>
    public const int MaxListed = 40;

    /// <param name="closed">Those of the notice's invoices that are closed.</param>
    public static PreSendResult Check(
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var customer = account.Customer.Value;
        if (notice.NotBefore > now)
            return PreSendResult.Wait(notice, notice.NotBefore);
        if (WhyNobodyReads(notice, customer, rules) is { } reason)
            return PreSendResult.Suppress(notice, reason);
        if (notice.Tone is NoticeTone.FollowUp)
            return Task(notice, account, now);
        if (SendWindow.From(notice.Channel, customer, rules, now) is var opens && opens > now)
            return PreSendResult.Wait(notice, opens);
        return notice.Tone is NoticeTone.ThankYou
            ? ThankYou(notice, closed)
            : Reminder(notice, account, closed, rules, now);
    }

    private static string? WhyNobodyReads(Notice notice, Customer customer, DunningRules rules) =>
        notice switch
        {
            _ when customer.ErasedAt is not null => "the customer's data are erased",
            { Tone: NoticeTone.FollowUp } => ContactChannels.Owners(customer, rules).Count > 0
                ? null
                : "there is no account manager",
            _ when customer.DoNotContact => "the customer is not to be contacted",
            _ when !ContactChannels.CanUse(notice.Channel, customer, rules) => "there is no address any more",
            // Senders may have been down for days: two reminders of one schedule never arrive together.
            { IsReminder: true }
                when customer.LastNotices.TryGetValue(notice.Channel, out var last) && last.NoticeId != notice.Id =>
                $"the newer notice {last.NoticeId} speaks for it",
            _ => null,
        };

    private static PreSendResult Reminder(
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var today = rules.Today(account.Customer.Value, now);
        var dropped = notice
            .Lines.Select(l => new ExcludedInvoice(l.InvoiceId, WhyNot(l)))
            .Where(d => d.Reason is not null)
            .ToList();
        var asked = notice
            .Lines.Where(l => dropped.TrueForAll(d => d.InvoiceId != l.InvoiceId))
            .Select(l => (l.Step, Invoice: account.Invoice(l.InvoiceId)!))
            .ToList();
        if (asked.Count == 0)
            return new PreSendResult(notice.Tone, [], [], dropped);

        // The firmest step may have been paid meanwhile: the tone is that of the firmest step still asked for.
        var letter = asked.Max(a => rules.Policies.Of(a.Invoice.Value).Find(a.Step)?.Tone ?? notice.Tone);
        // A reminder names all that is overdue. A courtesy does not: an invoice a day late gets its own time.
        var alsoOwed =
            letter < NoticeTone.Friendly
                ? []
                : account
                    .Invoices.Where(i =>
                        i.Value.WhyNotDemanded(now) is null
                        && i.Value.DueDate < today
                        && !dropped.Exists(d => d.InvoiceId == i.Value.Id.Invoice)
                    )
                    .Except(asked.Select(a => a.Invoice));
        return new PreSendResult(
            letter,
            [
                .. asked
                    .Select(a => a.Invoice)
                    .Concat(alsoOwed.OrderBy(i => i.Value.DueDate))
                    .Take(MaxListed)
                    .OrderBy(i => i.Value.DueDate),
            ],
            [
                .. account
                    .Invoices.Where(i => i.Value is { Dispute: not null, OpenAmount.IsPositive: true })
                    .Take(MaxListed),
            ],
            dropped
        );

        string? WhyNot(NoticeLine line)
        {
            var invoice =
                account.Invoice(line.InvoiceId) ?? closed.FirstOrDefault(c => c.Value.Id.Invoice == line.InvoiceId);
            return invoice is null
                ? "the invoice is gone"
                : invoice.Value.WhyNotDemanded(now)
                    ?? (
                        invoice.Value.Step != line.Step ? "the invoice is at another step now"
                        : rules.Policies.Of(invoice.Value).Find(line.Step) is not { } step
                            ? "the invoice is on another ladder now"
                        // Senders may have been down: a courtesy means nothing any more.
                        : step.IsUpcoming && invoice.Value.DueDate < today ? "the due date has gone by"
                        : null
                    );
        }
    }

    private static PreSendResult ThankYou(Notice notice, IReadOnlyList<Versioned<Invoice>> closed)
    {
        var settled = closed.Where(i => i.Value.Closed?.As is ClosedAs.Settled).ToList();
        var dropped = notice.Lines.Select(l => l.InvoiceId).Except(settled.Select(i => i.Value.Id.Invoice));
        return new PreSendResult(
            NoticeTone.ThankYou,
            settled,
            [],
            [.. dropped.Select(id => new ExcludedInvoice(id, "the invoice is no longer settled"))]
        );
    }

    /// <summary>
    /// A task may be about the very hold that it asks to end; otherwise what stops a reminder stops a task.
    /// </summary>
    private static PreSendResult Task(Notice notice, CustomerAccount account, DateTimeOffset now)
    {
        var invoice = account.Invoice(notice.Lines[0].InvoiceId);
        // A task that waits for approval is the only word of it: while a payment may be coming in, it waits too.
        if (invoice?.Value.PendingPayments.Count > 0)
            return PreSendResult.Wait(notice, now.AddHours(1));
        if (invoice?.Value.Pending?.Until is { } pending && pending > now)
            return PreSendResult.Wait(notice, pending);
        var reason = invoice is null
            ? "the invoice is closed"
            : (invoice.Value with { Hold = null }).WhyNotDemanded(now);
        return reason is null
            ? new PreSendResult(NoticeTone.FollowUp, [invoice!], [], [])
            : PreSendResult.Suppress(notice, reason);
    }
}
