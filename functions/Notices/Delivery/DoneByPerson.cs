using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>What a person did in place of a provider: posted a letter, or called.</summary>
/// <param name="By">Who says so.</param>
/// <param name="On">The day of posting or of the call, in the customer's zone: from then on it counts as sent.</param>
public sealed record PersonsWork(string By, DateOnly On)
{
    /// <summary>What was said, or what the person notes.</summary>
    public string? Text { get; init; }

    /// <summary>Of a letter; null where it has none.</summary>
    public string? TrackingNumber { get; init; }
}

/// <summary>
/// Records that a person has done what a notice asks for. Only now it counts as sent, and the next step is counted from
/// that day. Pure.
/// </summary>
internal static class DoneByPerson
{
    /// <param name="notice">With the invoices that the letter names, or that the call was about.</param>
    /// <param name="changed">
    /// The invoices that changed by what came of it, a promise for example; with their event.
    /// </param>
    /// <param name="sent">
    /// The messages that were sent for the same plan: a step that one of them has taken is not undone.
    /// </param>
    public static CustomerTransaction Decide(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        SendAttempt attempt,
        IReadOnlyDictionary<InvoiceId, (Invoice After, InvoiceEvent? Event)>? changed = null,
        IReadOnlyList<SentMessage>? sent = null
    )
    {
        var (value, work) = (notice.Value, attempt.Work!);
        var transaction = SendOutcomeRecorder.CreateTransaction(attempt, context.Now);
        var named = attempt.InvoiceIds.Select(id => id.Invoice).ToHashSet();
        var excluded = attempt.Excluded.Select(invoice => invoice.InvoiceId).ToHashSet();
        // Others are only named along: all together would be more than one transaction holds.
        foreach (var invoice in account.Invoices.Where(open => !excluded.Contains(open.Value.Id.Invoice)))
        {
            var change = changed?.GetValueOrDefault(invoice.Value.Id) ?? default;
            if (change.After is null && !IsPlannedFor(value, invoice.Value))
                continue;
            var after = (change.After ?? invoice.Value).NoLongerAwaiting(value.Id);
            if (named.Contains(invoice.Value.Id.Invoice))
                after = after.ClaimedBy(value).RemindedAt(work.On);
            transaction.Save(invoice, Scheduled(context, value, work, after));
            if (change.Event is { } told)
                transaction.AddEvent(invoice.Value.Id, told);
        }
        DeliveryTransactions.RollBackSteps(
            transaction,
            context,
            account,
            new CheckedNotice(notice, new PreSendResult(value.Tone, [], [], attempt.Excluded), sent ?? [])
        );
        return transaction.Save(account.Customer, account.Customer.Value.Reminded(value, work.On));
    }

    /// <summary>
    /// The claim of invoices that the letter or call named along: together with the others they do not fit into one
    /// transaction. Call it again after the commit until nothing is left.
    /// </summary>
    /// <param name="named">All invoices that it named.</param>
    public static CustomerTransaction? ClaimNamedAlong(
        CustomerAccount account,
        Notice notice,
        IReadOnlyCollection<InvoiceId> named,
        DateOnly on
    )
    {
        var along = account
            .Invoices.Where(invoice => named.Contains(invoice.Value.Id) && !IsPlannedFor(notice, invoice.Value))
            .Where(invoice => !invoice.Value.Dunning.IsClaimedBy(notice.Id))
            .Take(CustomerTransaction.MaxRows)
            .ToList();
        return along.Count == 0
            ? null
            : along.Aggregate(
                new CustomerTransaction(account.Id),
                (transaction, invoice) => transaction.Save(invoice, invoice.Value.ClaimedBy(notice).RemindedAt(on))
            );
    }

    /// <summary>A person decides not to post the letter, or not to call.</summary>
    public static CustomerTransaction Drop(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        string by,
        string? reason
    )
    {
        var transaction = new CustomerTransaction(account.Id).Delete(notice);
        foreach (var id in account.InvoicesOf(notice.Value))
            transaction.AddEvent(
                id,
                new(context.Now, EventKind.NotSent)
                {
                    Block = DunningBlock.Discarded,
                    Notice = notice.Value.Id,
                    Channels = [notice.Value.Channel],
                    By = by,
                    Text = reason,
                }
            );
        // Nor is a copy of it sent.
        var copies = account
            .Notices.Where(n => n.Value.State is NoticeState.Planned && n.Value.IsCopyOf(notice.Value))
            .ToList();
        foreach (var copy in copies)
            transaction.Delete(copy);
        return GiveUp(transaction, context, account, notice.Value.Id, [.. copies.Select(copy => copy.Value.Id)]);
    }

    /// <summary>
    /// Nobody does it: the step counts as taken, as with any message that is discarded, and the customer was not
    /// reminded.
    /// </summary>
    /// <param name="copies">That are not sent either.</param>
    public static CustomerTransaction GiveUp(
        CustomerTransaction transaction,
        DunningContext context,
        CustomerAccount account,
        NoticeId notice,
        IReadOnlyList<NoticeId>? copies = null
    )
    {
        foreach (var waiting in account.InvoicesAwaiting(notice))
            transaction.Save(waiting, Schedule.AfterStep(context, waiting.Value.NoLongerAwaiting(notice)));
        return transaction.Save(account.Customer, account.Customer.Value.WithoutReminders([notice, .. copies ?? []]));
    }

    private static bool IsPlannedFor(Notice notice, Invoice invoice) =>
        notice.Lines.Any(line => line.InvoiceId == invoice.Id.Invoice)
        || invoice.Dunning.AwaitedNotices.Contains(notice.Id);

    /// <summary>
    /// The next step is counted from the day on which it was done; of a letter not before the one that its dates are
    /// counted from.
    /// </summary>
    private static Invoice Scheduled(DunningContext context, Notice notice, PersonsWork work, Invoice invoice)
    {
        var from = notice.Printed?.PostOn is { } printedFor && printedFor > work.On ? printedFor : work.On;
        var isAtStep = notice.Lines.Any(line =>
            line.InvoiceId == invoice.Id.Invoice && line.Step == invoice.Dunning.Step
        );
        return isAtStep && Schedule.IsRemindable(context, invoice) && invoice.BlockAt(context.Now) is null
            ? Schedule.AfterStep(context with { Now = context.InstantOf(from, TimeOnly.MinValue) }, invoice)
            : Schedule.Recalculate(context, invoice);
    }
}
