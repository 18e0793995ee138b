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
    CustomerTransactions transactions,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 10;

    /// <summary>Marks the customer as merged.</summary>
    /// <returns>Why the merge cannot begin; null when one of the customers is unknown.</returns>
    public async Task<MergeBlocker?> BeginAsync(CustomerId customerId, Merge merge, CancellationToken cancellationToken)
    {
        MergeBlocker? blocker = null;
        await transactions.RunAsync(
            customerId,
            async () =>
            {
                var customer = await receivables.ReadUnmergedAsync(customerId, cancellationToken);
                var into = await receivables.ReadAsync(merge.Into, cancellationToken);
                blocker =
                    customer is null || into is null ? null
                    : await receivables.IsTargetOfMergeAsync(customer.Customer.Value, cancellationToken)
                        ? MergeBlocker.MergeInProgress
                    : CustomerMergeDecision.BlockerOf(customer, into);
                return blocker is MergeBlocker.None ? new Pair(customer!.Customer, into!.Id) : null;
            },
            (pair, _) =>
                pair.Ends.Value.Merge is null
                    ? new CustomerTransaction(customerId).Save(
                        pair.Ends,
                        pair.Ends.Value with
                        {
                            Merge = merge with { Into = pair.Stays },
                        }
                    )
                    : null,
            cancellationToken
        );
        return blocker;
    }

    private sealed record Pair(Versioned<Customer> Ends, CustomerId Stays);

    /// <summary>Does the rest of a merge that has begun; nothing when there is none.</summary>
    public Task CompleteAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        CustomerTransactions.RetryAsync(customerId, () => TryCompleteAsync(customerId, cancellationToken));

    private async Task<bool> TryCompleteAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadUnmergedAsync(customerId, cancellationToken)
            is not { Customer.Value.Merge: { IsDone: false } merge }
        )
            return true;
        await DropRemindersAsync(customerId, merge.At, customer => customer, cancellationToken);
        if (await receivables.ReadUnmergedAsync(customerId, cancellationToken) is not { } account)
            return true;
        // The claim of a follow-up does not replace the customer, so it may have come between the check and the mark.
        if (account.Notices.Any(n => n.Value.State is NoticeState.Sending or NoticeState.Printed))
            return false;
        Customer Absorb(Customer customer) => customer.Absorb(account.Customer.Value);
        await DropRemindersAsync(merge.Into, merge.At, Absorb, cancellationToken);
        await transactions.RunAsync(
            merge.Into,
            (_, into) => new CustomerTransaction(into.Id).Save(into.Customer, Absorb(into.Customer.Value)),
            cancellationToken
        );
        await MoveInvoicesAsync(account, merge, cancellationToken);
        await MoveMessagesAsync(customerId, merge.Into, cancellationToken);
        await MoveLookupsAsync(account.Customer.Value, merge.Into, cancellationToken);
        return await FinishAsync(account, merge, cancellationToken);
    }

    /// <param name="plannedUntil">Reminders that were planned later stay.</param>
    /// <param name="change">Applied to the customer with each transaction.</param>
    private Task DropRemindersAsync(
        CustomerId customerId,
        DateTimeOffset plannedUntil,
        Func<Customer, Customer> change,
        CancellationToken cancellationToken
    ) =>
        transactions.RepeatAsync(
            customerId,
            async () =>
            {
                if (await receivables.ReadUnmergedAsync(customerId, cancellationToken) is not { } account)
                    return null;
                var reminders = CustomerMergeDecision.PlannedReminders(account, plannedUntil);
                List<SentMessage> sent = [];
                foreach (var plan in reminders.Select(reminder => reminder.Value.Id.Plan).Distinct())
                    sent.AddRange(
                        (await receivables.ReadSentMessagesAsync(customerId, plan, cancellationToken)).Select(m =>
                            m.Value
                        )
                    );
                return new PlannedReminders(account, reminders, sent);
            },
            (planned, now) =>
                CustomerMergeDecision.DropReminders(
                    new DunningContext(planned.Account.Customer.Value, rules, now),
                    planned,
                    change
                ),
            cancellationToken
        );

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
    private async Task CopyAsync(InvoiceId original, CustomerId into, CancellationToken cancellationToken)
    {
        var id = original with { Customer = into };
        await CustomerTransactions.RetryAsync(
            into,
            async () =>
            {
                // The copy is read before the original: as long as that exists, nothing else changes the copy. So a
                // copy of this version is safe to replace.
                var copy = await receivables.ReadUnmovedAsync(id, cancellationToken);
                // An event that is added to the original after this makes its deletion fail.
                var head = await receivables.ReadChainHeadAsync(original, cancellationToken);
                var copiedHead = await receivables.ReadChainHeadAsync(id, cancellationToken);
                return await receivables.ReadUnmovedAsync(original, cancellationToken) is not { } invoice
                    || await CopyEventsAsync(original, into, cancellationToken)
                        && await CopyLedgerAsync(original, into, cancellationToken)
                        && await receivables.TryCommitAsync(
                            WithHead(
                                new CustomerTransaction(into).Save(
                                    copy,
                                    CustomerMergeDecision.Copy(invoice.Value, into)
                                ),
                                transaction => transaction.Save(id, copiedHead, head!.Value)
                            ),
                            cancellationToken
                        )
                        && await receivables.TryCommitAsync(
                            WithHead(
                                new CustomerTransaction(original.Customer).Delete(invoice),
                                transaction => transaction.Delete(original, head!)
                            ),
                            cancellationToken
                        );

                CustomerTransaction WithHead(
                    CustomerTransaction transaction,
                    Func<CustomerTransaction, CustomerTransaction> add
                ) => head is null ? transaction : add(transaction);
            }
        );
    }

    private async Task<bool> CopyEventsAsync(InvoiceId original, CustomerId into, CancellationToken cancellationToken)
    {
        var copied = (await receivables.ReadStoredEventsAsync(original with { Customer = into }, cancellationToken))
            .Select(stored => stored.Key)
            .ToHashSet();
        var events = (await receivables.ReadStoredEventsAsync(original, cancellationToken)).Where(stored =>
            !copied.Contains(Keys.Moved(stored.Key, original.Customer, into))
        );
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

    private async Task<bool> CopyLedgerAsync(InvoiceId original, CustomerId into, CancellationToken cancellationToken)
    {
        var copied = await receivables.ReadLedgerAsync(original with { Customer = into }, cancellationToken);
        var ledger = await receivables.ReadLedgerAsync(original, cancellationToken);
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
    private Task ReleaseAsync(InvoiceId id, Merge merge, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            id.Customer,
            async () =>
            {
                if (
                    await receivables.ReadUnmovedAsync(id, cancellationToken)
                        is not { Value.MovedFrom: { } former } moved
                    || await receivables.ReadUnmergedAsync(id.Customer, cancellationToken) is not { } account
                )
                    return null;
                var original = id with { Customer = former };
                await DeleteRestAsync(original, cancellationToken);
                var ledger = await receivables.ReadEntriesAsync(id, cancellationToken);
                await lookup.MoveAsync(original, moved.Value, ledger, cancellationToken);
                return new MovedInvoice(moved, account.Customer.Value);
            },
            (invoice, now) =>
                CustomerMergeDecision.Release(new DunningContext(invoice.Customer, rules, now), invoice.Moved, merge),
            cancellationToken
        );

    private sealed record MovedInvoice(Versioned<Invoice> Moved, Customer Customer);

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

    private async Task MoveMessagesAsync(CustomerId customerId, CustomerId into, CancellationToken cancellationToken)
    {
        var messages = await receivables.ReadMessagesAsync(customerId, cancellationToken);
        var moved = await receivables.ReadMessagesAsync(into, cancellationToken);
        var known = moved.Sent.Keys.Concat(moved.Replies.Keys).Concat(moved.Decisions.Keys).ToHashSet();
        bool IsNew(string key) => !known.Contains(Keys.Moved(key, customerId, into));
        List<(string Key, object Value)> rows =
        [
            .. messages.Sent.Select(row =>
                (row.Key, (object)(row.Value.Value with { Notice = row.Value.Value.Notice with { CustomerId = into } }))
            ),
            .. messages.Replies.Select(row => (row.Key, (object)(row.Value with { CustomerId = into }))),
            .. messages.Decisions.Select(row => (row.Key, (object)row.Value)),
        ];
        var listed = messages
            .Replies.Select(row => (Reply: row.Key, Key: Keys.FollowUp(row.Value)))
            .Where(row => row.Key is not null)
            .ToList();
        var copies = rows.FindAll(row => IsNew(row.Key));
        copies.AddRange(
            from row in listed
            where IsNew(row.Reply)
            select (row.Key!, (object)new IndexRow(Keys.FromIndex(row.Key!).TargetId))
        );
        foreach (var batch in copies.Chunk(BatchSize))
            await receivables.TryCommitAsync(
                batch.Aggregate(
                    new CustomerTransaction(into),
                    (all, row) => all.AddMoved(row.Key, customerId, row.Value)
                ),
                cancellationToken
            );
        await DeleteAsync(
            customerId,
            rows.Select(row => row.Key).Concat(listed.Select(row => row.Key!)),
            cancellationToken
        );
    }

    private async Task MoveLookupsAsync(Customer customer, CustomerId into, CancellationToken cancellationToken)
    {
        foreach (var address in customer.Addresses)
        {
            await lookup.AddAddressAsync(address, into, cancellationToken);
            await lookup.DeleteAddressAsync(address, customer.Id, cancellationToken);
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

    private async Task DeleteAsync(CustomerId customerId, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(BatchSize))
            await receivables.TryCommitAsync(
                batch.Aggregate(new CustomerTransaction(customerId), (all, key) => all.Delete(key)),
                cancellationToken
            );
    }
}
