using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>Why a customer cannot be merged into another one now.</summary>
public enum MergeBlocker
{
    None,
    SameCustomer,

    /// <summary>The data of one of the two are erased.</summary>
    Erased,

    /// <summary>It was merged into a third customer.</summary>
    MergedElsewhere,

    /// <summary>The other customer is itself being merged.</summary>
    MergeInProgress,

    /// <summary>
    /// A message to the customer is being sent, or is in doubt, or a letter is printed and not posted.
    /// </summary>
    MessageInFlight,
}

/// <summary>The transactions of a merge, as pure functions.</summary>
internal static class CustomerMergeDecision
{
    /// <summary>
    /// With ten invoices, whose steps are undone, and the notes of both customers it fits into one transaction.
    /// </summary>
    private const int MaxReminders = 1;

    /// <param name="customer">The one that ends, as stored under its own id.</param>
    /// <param name="into">The one that stays.</param>
    public static MergeBlocker BlockerOf(CustomerAccount customer, CustomerAccount into) =>
        customer.Id == into.Id ? MergeBlocker.SameCustomer
        : customer.Customer.Value.Merge is { } merge
            ? merge.Into == into.Id ? MergeBlocker.None
                : MergeBlocker.MergedElsewhere
        : customer.Customer.Value.ErasedAt is not null || into.Customer.Value.ErasedAt is not null ? MergeBlocker.Erased
        : into.Customer.Value.Merge is not null ? MergeBlocker.MergeInProgress
        : customer.Notices.Any(n => n.Value.State is NoticeState.Sending or NoticeState.Printed)
            ? MergeBlocker.MessageInFlight
        : MergeBlocker.None;

    public static IReadOnlyList<Versioned<Notice>> PlannedReminders(CustomerAccount account, DateTimeOffset until) =>
        [
            .. account.Notices.Where(n =>
                n.Value is { IsReminder: true, State: NoticeState.Planned } && n.Value.PlannedAt <= until
            ),
        ];

    /// <summary>
    /// Drops planned reminders, because they were planned for the invoices and the last reminders of one customer
    /// alone. Their steps are planned anew.
    /// </summary>
    /// <param name="change">What becomes of the customer.</param>
    /// <returns>Null when none is left; call it again after the commit.</returns>
    public static CustomerTransaction? DropReminders(
        DunningContext context,
        PlannedReminders planned,
        Func<Customer, Customer> change
    )
    {
        var (account, reminders, sent) = planned;
        var dropped = reminders.Take(MaxReminders).ToList();
        if (dropped.Count == 0)
            return null;
        var transaction = new CustomerTransaction(account.Id).Save(
            account.Customer,
            change(context.Customer.WithoutReminders([.. dropped.Select(n => n.Value.Id)]))
        );
        var rest = account with { Notices = [.. account.Notices.Except(reminders)] };
        HashSet<InvoiceId> undone = [];
        foreach (var notice in dropped)
        {
            transaction.Delete(notice);
            var invoices = notice.Value.Lines.Select(line => line.InvoiceId).ToList();
            foreach (var invoice in invoices)
                transaction.AddEvent(
                    new InvoiceId(account.Id, invoice),
                    new(context.Now, EventKind.NotSent)
                    {
                        Block = DunningBlock.CustomersMerged,
                        Notice = notice.Value.Id,
                        Channels = [notice.Value.Channel],
                    }
                );
            foreach (
                var (invoice, rolledBack) in StepRollback.Decide(
                    context,
                    rest,
                    new UnsentReminder(notice.Value, invoices, sent)
                )
            )
            {
                if (undone.Add(invoice.Value.Id))
                    transaction.Save(invoice, rolledBack);
            }
            // Another message may cover the step; nothing waits for a letter or call that is gone.
            foreach (
                var waiting in account.Invoices.Where(i => i.Value.Dunning.AwaitedNotices.Contains(notice.Value.Id))
            )
                if (undone.Add(waiting.Value.Id))
                    transaction.Save(
                        waiting,
                        Schedule.Recalculate(context, waiting.Value.NoLongerAwaiting(notice.Value.Id))
                    );
        }
        return transaction;
    }

    /// <summary>The invoice as it is stored with the other customer, until the original is gone.</summary>
    public static Invoice Copy(Invoice original, CustomerId into) =>
        original.WithNext(null) with
        {
            Id = original.Id with { Customer = into },
            MovedFrom = original.Id.Customer,
        };

    /// <summary>The moved invoice, of which reminders may be sent from now on.</summary>
    public static CustomerTransaction Release(DunningContext context, Versioned<Invoice> moved, Merge merge)
    {
        var (customer, _, now) = context;
        var released = moved.Value with { MovedFrom = null };
        // The merge answers the question to whom the invoice belongs.
        if (released is { Dunning.Hold.CustomerChoices.Count: > 0 })
            released = released.Dunning.Dispute is null ? released.Unpaused(now) : released.WithHold(null);
        return new CustomerTransaction(customer.Id)
            .Save(moved, Schedule.Recalculate(context, released))
            .AddEvent(
                released.Id,
                new(now, EventKind.Decided)
                {
                    Reason = EventReason.CustomersMerged,
                    Customer = moved.Value.MovedFrom,
                    By = merge.By,
                    Text = merge.Reason,
                }
            );
    }
}

/// <param name="Sent">The messages that were sent for the plans of the reminders.</param>
internal sealed record PlannedReminders(
    CustomerAccount Account,
    IReadOnlyList<Versioned<Notice>> Reminders,
    IReadOnlyList<SentMessage> Sent
);
