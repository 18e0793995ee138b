using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Sms;

/// <summary>
/// What a received SMS changes: the customer's opt-out or opt-in, an event on each open invoice, and a follow-up for
/// the account manager.
/// </summary>
internal static class ReplyDecision
{
    /// <summary>
    /// An invoice takes at most four rows of the transaction: invoice, agenda row, row of the list of follow-ups,
    /// event.
    /// </summary>
    private const int MaxInvoices = 23;

    /// <returns>Null when nothing is to be saved: a message, other than an opt-out, of an erased customer.</returns>
    public static CustomerTransaction? Decide(DunningContext context, CustomerAccount account, Reply reply)
    {
        var (before, rules, now) = context;
        if (before.ErasedAt is not null)
            return reply.Meaning is ReplyMeaning.Stop
                ? new CustomerTransaction(account.Id).Save(
                    account.Customer,
                    before.OptOut(new OptOut(reply.From, reply.At, reply.Body).Erased())
                )
                : null;
        var customer = CustomerAfter(before, reply);
        var needsAnswer =
            reply.Meaning is ReplyMeaning.Message || (reply.Meaning is ReplyMeaning.Start && customer == before);
        var transaction = new CustomerTransaction(account.Id).Save(reply with { NeedsAnswer = needsAnswer });
        if (customer != before)
            transaction.Save(account.Customer, customer);
        // Invoices that may be demanded come first: a follow-up is about one of them.
        var invoices = account
            .Invoices.OrderBy(i => WhyNoFollowUp(i.Value, now) is not null)
            .ThenBy(i => i.Value.Document.DueDate)
            .Take(MaxInvoices)
            .ToList();
        foreach (var invoice in invoices)
        {
            // With one channel more or less, an invoice may get a next step or lose it.
            if (
                Schedule.Recalculate(context with { Customer = customer }, invoice.Value) is var recalculated
                && recalculated.Dunning.Next is null != invoice.Value.Dunning.Next is null
            )
                transaction.Save(invoice, recalculated);
            transaction.AddEvent(invoice.Value.Id, CreateEvent(reply, customer != before, now));
        }
        if (
            FollowUpFor(reply, before, customer, rules) is not { } followUp
            || ContactChannels.AccountManagers(customer, rules).Count == 0
            || invoices.Find(i => WhyNoFollowUp(i.Value, now) is null) is not { } subject
        )
            return transaction;
        return transaction.Save(before: null, NoticeOf(followUp, reply, subject.Value, now));
    }

    private static Customer CustomerAfter(Customer before, Reply reply) =>
        reply.Meaning switch
        {
            ReplyMeaning.Stop => before.OptOut(new OptOut(reply.From, reply.At, reply.Body)),
            ReplyMeaning.Start when before.HasOptedOut(reply.From) || !before.IsAlive(reply.From) => before.OptIn(
                reply.From
            ),
            _ => before,
        };

    private static Notice NoticeOf(FollowUp followUp, Reply reply, Invoice subject, DateTimeOffset now) =>
        new()
        {
            Id = new(
                now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
                    + $"-reply-{Keys.Escape(reply.MessageSid)}"
            ),
            CustomerId = subject.Id.Customer,
            Channel = Channel.Escalation,
            Tone = NoticeTone.FollowUp,
            Lines = [new NoticeLine(subject.Id.Invoice, subject.Dunning.Step)],
            FollowUp = followUp,
            PlannedAt = now,
            NotBefore = now,
        };

    private static DunningBlock? WhyNoFollowUp(Invoice invoice, DateTimeOffset now) =>
        invoice.BlockAt(now, ignoringHold: true);

    private static FollowUp? FollowUpFor(Reply reply, Customer before, Customer after, DunningRules rules) =>
        reply.Meaning switch
        {
            ReplyMeaning.Stop
                when ContactChannels.CanRemind(before, rules) && !ContactChannels.CanRemind(after, rules) =>
                new FollowUp(FollowUpReason.OnlyChannelOptedOut),
            ReplyMeaning.Message or ReplyMeaning.Start when before == after => new FollowUp(
                ReplyKeywords.MayMeanStop(reply.Body) ? FollowUpReason.ReplyMayOptOut : FollowUpReason.Reply
            )
            {
                From = reply.From,
                Text = reply.Body,
            },
            _ => null,
        };

    private static InvoiceEvent CreateEvent(Reply reply, bool changed, DateTimeOffset now) =>
        new(
            now,
            (reply.Meaning, changed) switch
            {
                (ReplyMeaning.Stop, _) => EventKind.OptedOut,
                (ReplyMeaning.Start, true) => EventKind.OptedIn,
                _ => EventKind.Replied,
            }
        )
        {
            Channels = [Channel.Sms],
            Message = new MessageEvidence { From = reply.From, ProviderMessageId = reply.MessageSid },
            Text = reply.Body,
        };
}
