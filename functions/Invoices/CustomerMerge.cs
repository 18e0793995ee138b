using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>
/// Merges a customer into another one, in many transactions, because the two are in different partitions. The first one
/// marks the customer, so that nothing is planned or sent for it any more; the last one makes its row a pointer to the
/// other. An invoice is copied first, and demanded by nobody until the original is gone, because until then a payment
/// may arrive there. Each step can be repeated: after a crash the next request or timer continues.
/// </summary>
public sealed class CustomerMerge(
    ReceivablesTable receivables,
    Lookup lookup,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 10;
    private const int MaxAttempts = 20;

    /// <summary>Marks the customer as merged.</summary>
    /// <returns>Why the merge cannot begin; null when one of the customers is unknown.</returns>
    public async Task<MergeBlocker?> BeginAsync(string customerId, Merge merge, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadUnmergedAsync(customerId, cancellationToken) is not { } customer
                || await receivables.ReadAsync(merge.Into, cancellationToken) is not { } into
            )
                return null;
            if (CustomerMergeDecision.BlockerOf(customer, into) is var blocker and not MergeBlocker.None)
                return blocker;
            if (await receivables.IsTargetOfMergeAsync(customer.Customer.Value, cancellationToken))
                return MergeBlocker.MergeInProgress;
            if (customer.Customer.Value.Merge is not null)
                return MergeBlocker.None;
            var transaction = new CustomerTransaction(customerId).Save(
                customer.Customer,
                customer.Customer.Value with
                {
                    Merge = merge with { Into = into.Id },
                }
            );
            if (await receivables.TryCommitAsync(transaction, cancellationToken))
                return MergeBlocker.None;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while the merge began.");
    }

    /// <summary>Does the rest of a merge that has begun; nothing when there is none.</summary>
    public async Task CompleteAsync(string customerId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadUnmergedAsync(customerId, cancellationToken)
                is not { Customer.Value.Merge: { IsDone: false } merge }
            )
                return;
            await PrepareAsync(customerId, merge.At, customer => customer, cancellationToken);
            if (await receivables.ReadUnmergedAsync(customerId, cancellationToken) is not { } account)
                return;
            await PrepareAsync(
                merge.Into,
                merge.At,
                customer => customer.Absorb(account.Customer.Value),
                cancellationToken
            );
            await MoveInvoicesAsync(account, merge, cancellationToken);
            await MoveMessagesAsync(customerId, merge.Into, cancellationToken);
            await MoveLookupsAsync(account.Customer.Value, merge.Into, cancellationToken);
            if (await FinishAsync(account, merge, cancellationToken))
                return;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while it was being merged.");
    }

    /// <param name="plannedUntil">Reminders that were planned later stay.</param>
    private async Task PrepareAsync(
        string customerId,
        DateTimeOffset plannedUntil,
        Func<Customer, Customer> change,
        CancellationToken cancellationToken
    )
    {
        while (await receivables.ReadUnmergedAsync(customerId, cancellationToken) is { } account)
        {
            var reminders = account
                .Notices.Where(n =>
                    n.Value is { IsReminder: true, State: NoticeState.Planned } && n.Value.PlannedAt <= plannedUntil
                )
                .ToList();
            List<SentMessage> sent = [];
            foreach (var plan in reminders.Select(reminder => Notice.PlanOf(reminder.Value.Id)).Distinct())
                sent.AddRange(
                    (await receivables.ReadSentMessagesAsync(customerId, plan, cancellationToken)).Select(m => m.Value)
                );
            var transaction = CustomerMergeDecision.Prepare(account, change, reminders, sent, rules, clock.GetUtcNow());
            if (
                await receivables.TryCommitAsync(transaction, cancellationToken)
                && reminders.Count <= CustomerMergeDecision.MaxReminders
            )
                return;
        }
    }

    private async Task MoveInvoicesAsync(CustomerAccount account, Merge merge, CancellationToken cancellationToken)
    {
        foreach (var invoice in account.Invoices)
            await CopyAsync(invoice.Value.Id, merge.Into, cancellationToken);
        await foreach (var invoice in receivables.ReadClosedAsync(account.Id, cancellationToken))
            await CopyAsync(invoice.Value.Id, merge.Into, cancellationToken);

        var open = (await receivables.ReadUnmergedAsync(merge.Into, cancellationToken))?.Invoices ?? [];
        foreach (var invoice in open.Where(i => i.Value.MovedFrom == account.Id))
            await ReleaseAsync(invoice.Value.Id, merge, cancellationToken);
        await foreach (var invoice in receivables.ReadClosedAsync(merge.Into, cancellationToken))
        {
            if (invoice.Value.MovedFrom == account.Id)
                await ReleaseAsync(invoice.Value.Id, merge, cancellationToken);
        }
    }

    /// <summary>Copies an invoice with its history and its payments, then deletes the original's own row.</summary>
    private async Task CopyAsync(InvoiceId original, string into, CancellationToken cancellationToken)
    {
        var id = original with { Customer = into };
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // The copy is read before the original: as long as that exists, nothing else changes the copy. So a copy of
            // this version is safe to replace.
            var copy = await receivables.ReadUnmovedAsync(id, cancellationToken);
            if (await receivables.ReadUnmovedAsync(original, cancellationToken) is not { } invoice)
                return;
            var ledger = await receivables.ReadLedgerAsync(original, cancellationToken);
            var copiedLedger = await receivables.ReadLedgerAsync(id, cancellationToken);
            var copiedEvents = (await receivables.ReadStoredEventsAsync(id, cancellationToken))
                .Select(stored => stored.Key)
                .ToHashSet();
            var events = (await receivables.ReadStoredEventsAsync(original, cancellationToken)).Where(stored =>
                !copiedEvents.Contains(Keys.Moved(stored.Key, original.Customer, into))
            );
            if (
                await CopyEventsAsync(events, original, into, cancellationToken)
                && await CopyLedgerAsync(ledger, copiedLedger, into, cancellationToken)
                && await receivables.TryCommitAsync(
                    new CustomerTransaction(into).Save(copy, CustomerMergeDecision.Copy(invoice.Value, into)),
                    cancellationToken
                )
                && await receivables.TryCommitAsync(
                    new CustomerTransaction(original.Customer).Delete(invoice),
                    cancellationToken
                )
            )
                return;
        }
        throw new InvalidOperationException($"Invoice {original} kept changing while it was being moved.");
    }

    private async Task<bool> CopyEventsAsync(
        IEnumerable<StoredEvent> events,
        InvoiceId original,
        string into,
        CancellationToken cancellationToken
    )
    {
        foreach (var batch in events.Chunk(BatchSize))
        {
            var transaction = batch.Aggregate(
                new CustomerTransaction(into),
                (all, stored) => all.AddMoved(stored.Key, original.Customer, stored.Event.Value)
            );
            if (!await receivables.TryCommitAsync(transaction, cancellationToken))
                return false;
        }
        return true;
    }

    private async Task<bool> CopyLedgerAsync(
        IReadOnlyList<Versioned<LedgerEntry>> ledger,
        IReadOnlyList<Versioned<LedgerEntry>> copied,
        string into,
        CancellationToken cancellationToken
    )
    {
        foreach (var batch in ledger.Chunk(BatchSize))
        {
            var transaction = new CustomerTransaction(into);
            foreach (var entry in batch.Select(e => e.Value))
                transaction.Save(copied.FirstOrDefault(c => IsSamePayment(c.Value, entry)), entry);
            if (!await receivables.TryCommitAsync(transaction, cancellationToken))
                return false;
        }
        return true;
    }

    private static bool IsSamePayment(LedgerEntry a, LedgerEntry b) =>
        (a.Provider, a.Kind, a.ObjectId) == (b.Provider, b.Kind, b.ObjectId);

    /// <summary>The original is gone: payments are led to the moved invoice, and it is demanded again.</summary>
    private async Task ReleaseAsync(InvoiceId id, Merge merge, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadUnmovedAsync(id, cancellationToken) is not { Value.MovedFrom: { } former } moved
                || await receivables.ReadUnmergedAsync(id.Customer, cancellationToken) is not { } account
            )
                return;
            var original = id with { Customer = former };
            await DeleteRestAsync(original, cancellationToken);
            var ledger = await receivables.ReadLedgerAsync(id, cancellationToken);
            await lookup.MoveAsync(original, moved.Value, [.. ledger.Select(e => e.Value)], cancellationToken);
            var transaction = CustomerMergeDecision.Release(
                moved,
                account.Customer.Value,
                merge,
                rules,
                clock.GetUtcNow()
            );
            if (await receivables.TryCommitAsync(transaction, cancellationToken))
                return;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing after it was moved.");
    }

    private async Task DeleteRestAsync(InvoiceId original, CancellationToken cancellationToken)
    {
        var keys = (await receivables.ReadStoredEventsAsync(original, cancellationToken))
            .Select(stored => stored.Key)
            .Concat(
                (await receivables.ReadLedgerAsync(original, cancellationToken)).Select(entry =>
                    Keys.Ledger(entry.Value, original.Customer)
                )
            );
        await DeleteAsync(original.Customer, keys, cancellationToken);
    }

    private async Task MoveMessagesAsync(string customerId, string into, CancellationToken cancellationToken)
    {
        var messages = await receivables.ReadMessagesAsync(customerId, cancellationToken);
        var moved = await receivables.ReadMessagesAsync(into, cancellationToken);
        var known = moved.Sent.Keys.Concat(moved.Replies.Keys).Concat(moved.Decisions.Keys).ToHashSet();
        List<(string Key, object Value)> rows =
        [
            .. messages.Sent.Select(row =>
                (row.Key, (object)(row.Value.Value with { Notice = row.Value.Value.Notice with { CustomerId = into } }))
            ),
            .. messages.Replies.Select(row => (row.Key, (object)(row.Value with { CustomerId = into }))),
            .. messages.Decisions.Select(row => (row.Key, (object)row.Value)),
        ];
        foreach (var batch in rows.Where(r => !known.Contains(Keys.Moved(r.Key, customerId, into))).Chunk(BatchSize))
            await receivables.TryCommitAsync(
                batch.Aggregate(
                    new CustomerTransaction(into),
                    (all, row) => all.AddMoved(row.Key, customerId, row.Value)
                ),
                cancellationToken
            );
        await DeleteAsync(customerId, rows.Select(row => row.Key), cancellationToken);
    }

    private async Task MoveLookupsAsync(Customer customer, string into, CancellationToken cancellationToken)
    {
        foreach (var number in customer.Numbers)
        {
            await lookup.AddPhoneAsync(number, into, cancellationToken);
            await lookup.DeletePhoneAsync(number, customer.Id, cancellationToken);
        }
        if (customer.NameKey is { } nameKey)
            await lookup.DeleteNameAsync(nameKey, customer.Id, cancellationToken);
    }

    /// <summary>
    /// Leaves of the customer only what leads to the other one. Messages that still wait, thank-yous and follow-ups,
    /// move with it.
    /// </summary>
    /// <returns>False when the customer has changed since: what is new must move, too.</returns>
    private async Task<bool> FinishAsync(CustomerAccount account, Merge merge, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadUnmergedAsync(account.Id, cancellationToken) is not { Invoices.Count: 0 } current
            || current.Customer.Version != account.Customer.Version
        )
            return false;
        foreach (var notice in current.Notices)
        {
            // Deleted first: if the process stops in between, a thank-you is lost; it is never sent twice.
            if (
                !await receivables.TryCommitAsync(new CustomerTransaction(account.Id).Delete(notice), cancellationToken)
            )
                return false;
            var moved = notice.Value.Unclaimed() with { CustomerId = merge.Into };
            if (
                await receivables.TryCommitAsync(
                    new CustomerTransaction(merge.Into).Save(before: null, moved),
                    cancellationToken
                )
            )
                await queues.SendAsync(moved, moved.NotBefore - clock.GetUtcNow(), cancellationToken);
        }
        return await receivables.TryCommitAsync(
            new CustomerTransaction(account.Id).Save(
                current.Customer,
                new Customer
                {
                    Id = account.Id,
                    Name = "",
                    Merge = merge with { By = null, Reason = null },
                }
            ),
            cancellationToken
        );
    }

    private async Task DeleteAsync(string customerId, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(BatchSize))
            await receivables.TryCommitAsync(
                batch.Aggregate(new CustomerTransaction(customerId), (all, key) => all.Delete(key)),
                cancellationToken
            );
    }
}
