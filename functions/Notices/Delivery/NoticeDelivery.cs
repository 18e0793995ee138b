using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Delivers a message on any channel: check, prepare, wait for a rate-limit slot, claim, send, record. Claim and record
/// are one transaction each. A process that dies between them leaves the notice <see cref="NoticeState.Sending"/>:
/// later the provider is asked what became of it. What the provider cannot tell is in doubt: listed, never sent again
/// by itself.
/// </summary>
public sealed class NoticeDelivery(
    ReceivablesTable receivables,
    DunningRules rules,
    Queues queues,
    SendRateLimiter limiter,
    SendOutcomeRecorder record,
    TimeProvider clock
)
{
    private const int MaxAttempts = 10;

    /// <summary>
    /// Within a day "never heard of it" means what it says; how much longer a provider remembers, none of them
    /// promises.
    /// </summary>
    private static readonly TimeSpan _providerMemory = TimeSpan.FromHours(24);

    /// <param name="draft">Writes the message.</param>
    /// <param name="find">
    /// Asks the provider about a message of a dead sender: sent, refused, surely never accepted
    /// (<see cref="SendOutcome.RetryLater"/>), or unknown.
    /// </param>
    public async Task DeliverAsync(
        NoticeReady ready,
        Func<SendRequest, CancellationToken, Task<PreparedMessage>> draft,
        Func<Notice, Customer, CancellationToken, Task<SendOutcome>> find,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var now = clock.GetUtcNow();
            // Gone: sent or dropped already. Claimed a moment ago: another worker's. Either way this message has
            // nothing to do.
            if (
                await receivables.ReadAsync(ready.CustomerId, cancellationToken) is not { } account
                || account.Notice(ready.NoticeId) is not { } notice
            )
                return;
            if (notice.Value.IsAbandoned(now))
            {
                var found =
                    now - notice.Value.ClaimedAt > _providerMemory
                        ? new SendOutcome.Unknown("too long ago to ask the provider")
                        : await find(notice.Value, account.Customer.Value, cancellationToken);
                await record.WriteAsync(Found(account, notice, found));
                return;
            }
            if (notice.Value.State is not NoticeState.Planned)
                return;
            var check = PreSendCheck.Check(
                notice.Value,
                account,
                await ReadClosedAsync(account, notice.Value, cancellationToken),
                rules,
                now
            );
            var done = check switch
            {
                { Until: { } until } => await WaitAsync(
                    notice,
                    notice.Value with
                    {
                        NotBefore = until,
                    },
                    cancellationToken
                ),
                { Invoices.Count: 0 } => await DropAsync(account, notice, check, cancellationToken),
                _ => await SendAsync(account, notice, check, draft, cancellationToken),
            };
            if (done)
                return;
        }
        throw new InvalidOperationException(
            $"Notice {ready.NoticeId} of {ready.CustomerId} kept changing while it was being claimed."
        );
    }

    /// <summary>
    /// What the provider said of a dead sender's message; one that was never accepted goes out again.
    /// </summary>
    private static SendAttempt Found(CustomerAccount account, Versioned<Notice> notice, SendOutcome found) =>
        new(
            notice with
            {
                Value = notice.Value with { ProviderQueried = true },
            },
            [.. account.InvoicesOf(notice.Value)],
            [],
            "asked the provider after the sender had stopped",
            new Dictionary<string, string>(),
            found
        );

    /// <summary>
    /// Those of the notice's invoices that are not live any more: what a thank-you is about, and why a reminder is not
    /// sent.
    /// </summary>
    private async Task<IReadOnlyList<Versioned<Invoice>>> ReadClosedAsync(
        CustomerAccount account,
        Notice notice,
        CancellationToken cancellationToken
    )
    {
        var gone = notice.Lines.Where(l => account.Invoice(l.InvoiceId) is null);
        var closed = await Task.WhenAll(
            gone.Select(l =>
                receivables.ReadClosedAsync(new InvoiceId(notice.CustomerId, l.InvoiceId), cancellationToken)
            )
        );
        return [.. closed.OfType<Versioned<Invoice>>()];
    }

    private async Task<bool> WaitAsync(Versioned<Notice> notice, Notice later, CancellationToken cancellationToken)
    {
        if (
            !await receivables.TryCommitAsync(
                new CustomerTransaction(later.CustomerId).Save(notice, later),
                cancellationToken
            )
        )
            return false;
        await queues.SendAsync(later, later.NotBefore - clock.GetUtcNow(), cancellationToken);
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
        SendOutcomeRecorder.AddNotSentEvents(transaction, notice.Value, check.Dropped, now);
        await GiveStepsBackAsync(transaction, account, notice.Value, check, cancellationToken);
        var customer = account.Customer.Value;
        // Nobody was written to, so nothing has to keep its distance from this notice.
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
        Func<SendRequest, CancellationToken, Task<PreparedMessage>> draft,
        CancellationToken cancellationToken
    )
    {
        var message = await draft(new SendRequest(notice.Value, account.Customer.Value, check), cancellationToken);
        var turn = await limiter.ReserveSlotAsync(notice.Value, message.Messages, cancellationToken);
        if (turn > clock.GetUtcNow())
            return await WaitAsync(notice, notice.Value with { NotBefore = turn, SendSlot = turn }, cancellationToken);
        if (await ClaimAsync(account, notice, check, message, cancellationToken) is not { } claimed)
            return false;
        // Whoever slept since the claim (a suspended machine) may have been given up: others have asked the provider by
        // now, and may have sent.
        if (claimed.Value.ClaimedAt + Notice.ClaimTimeout / 2 <= clock.GetUtcNow())
            return true;
        var outcome = await message.SendAsync(cancellationToken);
        // From here on the message may have left: what is known is written down even when the host is stopping.
        await record.WriteAsync(
            new SendAttempt(
                claimed,
                [.. check.Invoices.Select(i => i.Value.Id)],
                check.Dropped,
                message.Summary,
                message.Details,
                outcome
            )
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
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Save(
            notice,
            notice.Value with
            {
                State = NoticeState.Sending,
                Claim = claim,
                ClaimedAt = now,
                InvoiceIds = [.. check.Invoices.Select(i => i.Value.Id.Invoice)],
                To = message.To,
                TextHash = message.TextHash,
            }
        );
        foreach (var invoice in check.Invoices)
            transaction.Save(invoice, invoice.Value with { ClaimedBy = notice.Value.Id });
        // Also when nothing of it changes: who has said STOP, or has another address, since we looked is not written
        // to.
        if (notice.Value.Tone is not NoticeTone.FollowUp)
            transaction.Save(account.Customer, customer.Reminded(notice.Value, rules.Today(customer, now)));
        await GiveStepsBackAsync(transaction, account, notice.Value, check, cancellationToken);
        var committed = await receivables.TryCommitAsync(transaction, cancellationToken);
        // When the answer to a claim is lost, the retry is refused by our own success: the claim's own mark tells the
        // two apart.
        var written = (await receivables.ReadAsync(notice.Value.CustomerId, cancellationToken))?.Notice(
            notice.Value.Id
        );
        return written?.Value.Claim == claim ? written
            : committed ? throw new InvalidOperationException($"The claim of notice {notice.Value.Id} has vanished.")
            : null;
    }

    private async Task GiveStepsBackAsync(
        CustomerTransaction transaction,
        CustomerAccount account,
        Notice notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        if (check.Dropped.Count == 0)
            return;
        // Read after the rows: a message that they do not show any more was handed over before.
        var handed = await receivables.ReadSentMessagesAsync(notice.CustomerId, notice.Id, cancellationToken);
        foreach (
            var (before, after) in StepRollback.Of(
                account,
                notice,
                check.Dropped.Select(d => d.InvoiceId),
                [.. handed.Select(h => h.Value)],
                rules,
                clock.GetUtcNow()
            )
        )
            transaction.Save(before, after);
    }
}
