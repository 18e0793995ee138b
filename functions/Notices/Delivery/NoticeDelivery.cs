using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Delivers a message on any channel: check, prepare, wait for a rate-limit slot, claim, send, record. Claim and record
/// are one transaction each. A process that stops between them leaves the notice in <see cref="NoticeState.Sending"/>:
/// later the provider is queried about it. If the provider does not know either, the notice is in doubt: it is listed
/// for a person and never sent again automatically.
/// </summary>
public sealed class NoticeDelivery(
    ReceivablesTable receivables,
    DunningRules rules,
    Queues queues,
    SendRateLimiter limiter,
    SendOutcomeRecorder recorder,
    TimeProvider clock
)
{
    /// <summary>
    /// Within a day a provider's "not found" is reliable. No provider documents for how much longer it keeps messages.
    /// </summary>
    private static readonly TimeSpan _maxAgeToQueryProvider = TimeSpan.FromHours(24);

    /// <exception cref="ConcurrencyException">
    /// Other writers changed the customer's rows again and again; the queue retries.
    /// </exception>
    public Task DeliverAsync(NoticeReady ready, INoticeChannel channel, CancellationToken cancellationToken) =>
        CustomerTransactions.RetryAsync(ready.CustomerId, () => TryDeliverAsync(ready, channel, cancellationToken));

    /// <returns>False when something has changed since the check: check again.</returns>
    private async Task<bool> TryDeliverAsync(
        NoticeReady ready,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        // No notice: it was sent or dropped.
        if (
            await receivables.ReadAsync(ready.CustomerId, cancellationToken) is not { } account
            || account.Notice(ready.NoticeId) is not { } notice
        )
            return true;
        if (notice.Value.IsAbandoned(clock.GetUtcNow()))
        {
            await QueryProviderAsync(account, notice, channel, cancellationToken);
            return true;
        }
        // Claimed and not abandoned: another worker is sending it. While sending is stopped, the notice stays planned;
        // after the start, RequeueStalledNotices enqueues it.
        if (
            notice.Value.State is not NoticeState.Planned
            || await receivables.Sending.IsStoppedAsync(cancellationToken)
        )
            return true;
        var closed = await ReadClosedAsync(account, notice.Value, cancellationToken);
        var check = PreSendCheck.Decide(ContextOf(account), notice.Value, account, closed);
        return check switch
        {
            { Until: { } until } => await WaitAsync(
                NoticeWait.Decide(ContextOf(account), notice, notice.Value with { NotBefore = until }, check.WhyWait),
                cancellationToken
            ),
            { IsDropped: true } => await DropAsync(account, notice, check, cancellationToken),
            _ => await SendAsync(account, notice, check, channel, cancellationToken),
        };
    }

    /// <summary>
    /// Asks the provider about the message of a stopped sender. A message that was never accepted is sent again.
    /// </summary>
    private async Task QueryProviderAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        var outcome =
            clock.GetUtcNow() - notice.Value.ClaimedAt > _maxAgeToQueryProvider
                ? new SendOutcome.Unknown("The attempt is too old to query the provider.")
                : await channel.FindSentAsync(notice.Value, cancellationToken);
        await recorder.WriteAsync(
            new SendAttempt(
                notice with
                {
                    Value = notice.Value with { ProviderQueried = true },
                },
                [.. account.InvoicesOf(notice.Value)],
                [],
                Evidence: null,
                outcome
            )
        );
    }

    /// <summary>
    /// The notice's invoices that are closed: a thank-you is about them, and they give the reason for not sending a
    /// reminder.
    /// </summary>
    private async Task<IReadOnlyList<Versioned<Invoice>>> ReadClosedAsync(
        CustomerAccount account,
        Notice notice,
        CancellationToken cancellationToken
    )
    {
        var closedLines = notice.Lines.Where(l => account.Invoice(l.InvoiceId) is null);
        var closed = await Task.WhenAll(
            closedLines.Select(l =>
                receivables.ReadClosedAsync(new InvoiceId(notice.CustomerId, l.InvoiceId), cancellationToken)
            )
        );
        return [.. closed.OfType<Versioned<Invoice>>()];
    }

    private async Task<bool> WaitAsync(NoticeWait wait, CancellationToken cancellationToken)
    {
        if (!await receivables.TryCommitAsync(wait.Transaction, cancellationToken))
            return false;
        await queues.SendAsync(wait.Later, wait.Later.NotBefore - clock.GetUtcNow(), cancellationToken);
        return true;
    }

    private async Task<bool> DropAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Delete(notice);
        SendOutcomeRecorder.AddNotSentEvents(transaction, notice.Value, check.Excluded, now);
        await RollBackStepsAsync(transaction, account, notice.Value, check, cancellationToken);
        var customer = account.Customer.Value;
        // Nothing was sent, so the minimum distance to the next reminder does not count from this notice.
        if (customer.LastNotices.GetValueOrDefault(notice.Value.Channel)?.NoticeId == notice.Value.Id)
            transaction.Save(
                account.Customer,
                customer with
                {
                    LastNotices = customer.LastNotices.Where(n => n.Key != notice.Value.Channel).ToDictionary(),
                }
            );
        return await receivables.TryCommitAsync(transaction, cancellationToken);
    }

    private async Task<bool> SendAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        var request = new SendRequest(notice.Value, account.Customer.Value, check);
        var message = await channel.PrepareAsync(request, cancellationToken);
        var slot = await limiter.ReserveSlotAsync(notice.Value, message.Messages, cancellationToken);
        if (slot > clock.GetUtcNow())
            return await WaitAsync(
                NoticeWait.Decide(
                    ContextOf(account),
                    notice,
                    notice.Value with
                    {
                        NotBefore = slot,
                        SendSlot = slot,
                    },
                    EventReason.RateLimited
                ),
                cancellationToken
            );
        if (await ClaimAsync(account, notice, check, message, cancellationToken) is not { } claimed)
            return false;
        if (!await ClaimUnnamedAsync(notice.Value, check, cancellationToken))
        {
            await ReleaseAsync(claimed);
            return false;
        }
        // Read after the claim: a stop that was answered before the claim is seen here, and one that comes later waits
        // until this message is sent.
        var isStopped = await receivables.Sending.IsStoppedAsync(cancellationToken);
        // If this process was suspended since the claim, the claim may have timed out, and another worker may have
        // queried the provider and sent the message. Half of the timeout leaves time for the sending itself.
        if (claimed.Value.ClaimedAt + Notice.ClaimTimeout / 2 <= clock.GetUtcNow())
            return true;
        var outcome = isStopped ? SendOutcome.Stopped : await channel.SendAsync(message, cancellationToken);
        // The message may have been sent: its outcome is recorded even while the host is stopping (no cancellation).
        await recorder.WriteAsync(
            new SendAttempt(
                claimed,
                [.. check.NamedIn(notice.Value).Select(i => i.Value.Id)],
                check.Excluded,
                message.Evidence,
                outcome
            )
            {
                Tone = check.Tone,
            }
        );
        return true;
    }

    private async Task<Versioned<Notice>?> ClaimAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        PreparedMessage message,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var customer = account.Customer.Value;
        var claim = Guid.NewGuid().ToString("N");
        var named = check.NamedIn(notice.Value);
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Save(
            notice,
            notice.Value with
            {
                State = NoticeState.Sending,
                Claim = claim,
                ClaimedAt = now,
                InvoiceIds = [.. named.Select(i => i.Value.Id.Invoice)],
                UnnamedInvoices = check.Invoices.Count - named.Count,
                To = message.To,
                TextHash = message.TextHash,
            }
        );
        foreach (var invoice in named)
            transaction.Save(invoice, invoice.Value.ClaimedBy(notice.Value));
        // Replaces the customer even when nothing in it changes: the claim then fails if the customer has opted out or
        // changed the address since the check.
        if (notice.Value.Tone is not NoticeTone.FollowUp)
            transaction.Save(account.Customer, customer.Reminded(notice.Value, rules.Today(customer, now)));
        await RollBackStepsAsync(transaction, account, notice.Value, check, cancellationToken);
        var committed = await receivables.TryCommitAsync(transaction, cancellationToken);
        // When the response to a successful commit is lost, the storage client's retry fails on the ETag. So success is
        // decided by the claim id that is stored.
        var stored = (await receivables.ReadAsync(notice.Value.CustomerId, cancellationToken))?.Notice(notice.Value.Id);
        return stored?.Value.Claim == claim ? stored
            : committed
                ? throw new InvalidOperationException(
                    $"Notice {notice.Value.Id} of {notice.Value.CustomerId} was claimed and no longer carries the "
                        + "claim. The queue retries."
                )
            : null;
    }

    /// <summary>
    /// Claims the invoices that the message counts and does not name. They do not fit into the claim's transaction, so
    /// they follow it, before the message is sent. The message demands their sum, so each must be as it was read.
    /// </summary>
    /// <returns>False when one of them has changed since: a payment was accepted, for example.</returns>
    private async Task<bool> ClaimUnnamedAsync(Notice notice, PreSendResult check, CancellationToken cancellationToken)
    {
        foreach (var invoices in check.Invoices.Except(check.NamedIn(notice)).Chunk(CustomerTransaction.MaxRows))
        {
            var transaction = new CustomerTransaction(notice.CustomerId);
            foreach (var invoice in invoices)
                transaction.Save(invoice, invoice.Value.ClaimedBy(notice));
            if (!await receivables.TryCommitAsync(transaction, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Ends a claim of which nothing was sent: the notice is checked again. When this fails, the claim times out.
    /// </summary>
    /// <remarks>Takes no cancellation token: a claim that is left behind delays the message by its timeout.</remarks>
    private Task ReleaseAsync(Versioned<Notice> claimed) =>
        receivables.TryCommitAsync(
            new CustomerTransaction(claimed.Value.CustomerId).Save(claimed, claimed.Value.Unclaimed()),
            CancellationToken.None
        );

    private async Task RollBackStepsAsync(
        CustomerTransaction transaction,
        CustomerAccount account,
        Notice notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        if (check.Excluded.Count == 0)
            return;
        // Read after the open rows: a notice that is missing there was sent before.
        var sentMessages = await receivables.ReadSentMessagesAsync(
            notice.CustomerId,
            notice.Id.Plan,
            cancellationToken
        );
        foreach (
            var (before, after) in StepRollback.Decide(
                ContextOf(account),
                account,
                new UnsentReminder(
                    notice,
                    [.. check.Excluded.Select(excluded => excluded.InvoiceId)],
                    [.. sentMessages.Select(sent => sent.Value)]
                )
            )
        )
            StepRollback.Save(transaction, ContextOf(account), before, after);
    }

    private DunningContext ContextOf(CustomerAccount account) => new(account.Customer.Value, rules, clock.GetUtcNow());
}
