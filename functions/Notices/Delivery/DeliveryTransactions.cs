using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>A notice with the result of its pre-send check.</summary>
/// <param name="Sent">The messages that were sent for the same plan; only if the check excludes invoices.</param>
internal sealed record CheckedNotice(Versioned<Notice> Notice, PreSendResult Check, IReadOnlyList<SentMessage> Sent)
{
    /// <summary>The reply that the notice answers; only if the check drops it.</summary>
    public Versioned<Reply>? Answered { get; init; }

    /// <inheritdoc cref="SendRequest.Charges"/>
    public IReadOnlyDictionary<InvoiceId, InvoiceCharges> Charges { get; init; } =
        new Dictionary<InvoiceId, InvoiceCharges>();
}

/// <summary>
/// What the delivery of a notice writes before its message is sent, or instead of it. Pure: the delivery commits it,
/// the forecast applies it in memory.
/// </summary>
internal static class DeliveryTransactions
{
    /// <summary>The notice is not sent: its invoices go back to the step before, their events say why.</summary>
    public static CustomerTransaction Drop(DunningContext context, CustomerAccount account, CheckedNotice dropped)
    {
        var (notice, check, _) = dropped;
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Delete(notice);
        SendOutcomeRecorder.AddNotSentEvents(transaction, notice.Value, check.Excluded, context.Now);
        RollBackSteps(transaction, context, account, dropped);
        var customer = account.Customer.Value.WithoutReminders([notice.Value.Id]);
        if (dropped.Answered is { } reply && customer.ErasedAt is null)
            customer = transaction.Reopen(customer, reply, notice.Value.Id);
        return customer == account.Customer.Value ? transaction : transaction.Save(account.Customer, customer);
    }

    /// <param name="claim">Random id of the claim.</param>
    public static CustomerTransaction Claim(
        DunningContext context,
        CustomerAccount account,
        CheckedNotice ready,
        PreparedMessage message,
        string claim
    )
    {
        var (notice, check, _) = ready;
        var named = check.NamedIn(notice.Value);
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Save(
            notice,
            notice.Value with
            {
                State = NoticeState.Sending,
                Claim = claim,
                ClaimedAt = context.Now,
                InvoiceIds = [.. named.Select(i => i.Value.Id.Invoice)],
                UnnamedInvoices = check.Invoices.Count - named.Count,
                Charges = [.. PlannedOf(context, ready)],
                To = message.To,
                TextHash = message.TextHash,
            }
        );
        foreach (var invoice in named)
            transaction.Save(invoice, Claimed(context, notice.Value, invoice.Value));
        // Replaces the customer even when nothing in it changes: the claim then fails if the customer has opted out or
        // changed the address since the check.
        if (notice.Value.Tone is not NoticeTone.FollowUp)
            transaction.Save(account.Customer, account.Customer.Value.Reminded(notice.Value, context.Today));
        RollBackSteps(transaction, context, account, ready);
        return transaction;
    }

    /// <summary>
    /// What counts once the message was sent. Only an email or a letter has room to announce what will be charged; a
    /// copy for others and a call charge nothing.
    /// </summary>
    internal static IEnumerable<PlannedCharges> PlannedOf(DunningContext context, CheckedNotice ready)
    {
        var notice = ready.Notice.Value;
        if (notice.Channel is Channel.Escalation or Channel.Call)
            yield break;
        foreach (var invoice in ready.Check.NamedIn(notice).Select(named => named.Value))
        {
            var charges = ready.Charges.GetValueOrDefault(invoice.Id);
            var coming = notice.Channel is Channel.Email or Channel.Letter ? charges?.Coming : null;
            var step = notice.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Id.Invoice)?.Step;
            var letter = FormalLetter.Of(context, invoice, context.PolicyOf(invoice).Find(step));
            if (charges?.Outcomes is not { Count: > 0 } && coming is null && letter is null)
                continue;
            yield return new PlannedCharges(invoice.Id.Invoice, charges?.Added ?? [], charges?.Outcomes ?? [])
            {
                Announced = coming?.ToAnnouncement(notice.Id),
                PreCollectionNotice = letter?.ToNotice(notice.Id),
                CreditReport = letter?.ToReport(notice.Id),
            };
        }
    }

    private static Invoice Claimed(DunningContext context, Notice notice, Invoice invoice) =>
        notice.IsReminder && notice.Channel is not Channel.Escalation
            ? invoice.ClaimedBy(notice).RemindedAt(context.Today, isRepeated: invoice.Dunning.IsClaimedBy(notice.Id))
            : invoice.ClaimedBy(notice);

    /// <summary>
    /// The claim of the invoices that the message counts and does not name: they do not fit into the transaction of
    /// the claim.
    /// </summary>
    public static IEnumerable<CustomerTransaction> ClaimUnnamed(Notice notice, PreSendResult check)
    {
        foreach (var invoices in check.Invoices.Except(check.NamedIn(notice)).Chunk(CustomerTransaction.MaxRows))
        {
            var transaction = new CustomerTransaction(notice.CustomerId);
            foreach (var invoice in invoices)
                transaction.Save(invoice, invoice.Value.ClaimedBy(notice));
            yield return transaction;
        }
    }

    /// <summary>
    /// The invoices that it is not about any more go back to the step before, or wait no longer for it.
    /// </summary>
    internal static void RollBackSteps(
        CustomerTransaction transaction,
        DunningContext context,
        CustomerAccount account,
        CheckedNotice notice
    )
    {
        var unsent = new UnsentReminder(
            notice.Notice.Value,
            [.. notice.Check.Excluded.Select(excluded => excluded.InvoiceId)],
            notice.Sent
        );
        var undone = StepRollback.Decide(context, account, unsent).ToList();
        foreach (var (before, after) in undone)
            StepRollback.Save(transaction, context, before, after);
        foreach (var waiting in account.InvoicesAwaiting(unsent.Notice.Id).Where(IsLeft))
            StepRollback.Save(
                transaction,
                context,
                waiting,
                Schedule.Recalculate(context, waiting.Value.NoLongerAwaiting(unsent.Notice.Id))
            );

        bool IsLeft(Versioned<Invoice> invoice) =>
            unsent.Excluded.Contains(invoice.Value.Id.Invoice) && !undone.Exists(saved => saved.Before == invoice);
    }
}
