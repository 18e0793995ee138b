using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Replies;

/// <summary>
/// What a reply changes: the customer's opt-out or opt-in, an event on each open invoice, and a follow-up for
/// the account manager.
/// </summary>
internal static class ReplyDecision
{
    /// <summary>
    /// An invoice takes at most four rows of the transaction: invoice, agenda row, row of the list of follow-ups,
    /// event.
    /// </summary>
    private const int MaxInvoices = 18;

    /// <summary>Of the words in events and tasks: whoever wants to read more opens the reply.</summary>
    private const int MaxExcerpt = 500;

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
        if (reply.Meaning is ReplyMeaning.Automatic)
            return new CustomerTransaction(account.Id).Save(reply);
        var opted = CustomerAfter(before, reply);
        reply = reply with
        {
            NeedsAnswer = reply.AsksPerson || (reply.Meaning is ReplyMeaning.Start && opted == before),
        };
        var customer = reply.NeedsAnswer ? opted.AwaitingAnswer(reply) : opted;
        var transaction = new CustomerTransaction(account.Id).Save(reply);
        if (customer != before)
            transaction.Save(account.Customer, customer);
        // Invoices that may be demanded come first: a follow-up is about one of them.
        var invoices = account
            .Invoices.OrderBy(i => WhyNoFollowUp(i.Value, now) is not null)
            .ThenByDescending(i => reply.InvoiceIds.Contains(i.Value.Id.Invoice))
            .ThenBy(i => i.Value.Document.DueDate)
            .Take(MaxInvoices)
            .ToList();
        foreach (var invoice in invoices)
        {
            // With a channel more or less, or an answer to wait for, an invoice may get a next step or lose it.
            if (
                Schedule.Recalculate(context with { Customer = customer }, invoice.Value) is var recalculated
                && recalculated.Dunning.Next is null != invoice.Value.Dunning.Next is null
            )
                transaction.Save(invoice, recalculated);
            transaction.AddEvent(invoice.Value.Id, CreateEvent(reply, opted != before, now));
        }
        if (
            FollowUpFor(reply, before, opted, rules) is not { } followUp
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
            Id = NoticeId.OnDay(now, $"reply-{Keys.Escape(reply.Id)}"),
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
            _ when before == after && (reply.AsksPerson || reply.Meaning is ReplyMeaning.Start) => new FollowUp(
                ReplyKeywords.MayMeanStop(reply.Body) ? FollowUpReason.ReplyMayOptOut : FollowUpReason.Reply
            )
            {
                Channel = reply.Channel,
                From = reply.From,
                Text = reply.Excerpt(MaxExcerpt),
            },
            _ => null,
        };

    private static IReadOnlyList<Channel>? ChannelsOf(ReplyChannel channel) =>
        channel switch
        {
            ReplyChannel.Sms => [Channel.Sms],
            ReplyChannel.Email => [Channel.Email],
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
            Channels = ChannelsOf(reply.Channel),
            Message = new MessageEvidence { From = reply.From, ProviderMessageId = reply.Id },
            Text = reply.Excerpt(MaxExcerpt),
        };
}
