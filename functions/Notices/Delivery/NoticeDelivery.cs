using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Delivers a message on any channel: check, prepare, wait for a rate-limit slot, claim, archive, send, record. Claim
/// and record are one transaction each. A process that stops between them leaves the notice in
/// <see cref="NoticeState.Sending"/>: later the provider is queried about it. If the provider does not know either, the
/// notice is in doubt: it is listed for a person and never sent again automatically.
/// </summary>
public sealed class NoticeDelivery(
    ReceivablesTable receivables,
    DunningRules rules,
    Queues queues,
    SendRateLimiter limiter,
    MessageSender sender,
    NoticeCheck checks,
    ChargeReader charges,
    TimeProvider clock
)
{
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
            await sender.QueryProviderAsync(account, notice, channel, cancellationToken);
            return true;
        }
        // Claimed and not abandoned: another worker is sending it. While sending is stopped, the notice stays planned;
        // after the start, RequeueStalledNotices enqueues it.
        if (
            notice.Value.State is not NoticeState.Planned
            || await receivables.Sending.IsStoppedAsync(cancellationToken)
        )
            return true;
        var context = ContextOf(account);
        var check = await checks.RunAsync(context, notice.Value, account, cancellationToken);
        return check switch
        {
            { Until: { } until } => await WaitAsync(
                NoticeWait.Decide(context, notice, notice.Value with { NotBefore = until }, check.WhyWait),
                cancellationToken
            ),
            { IsDropped: true } => await checks.DropAsync(context, account, notice, check, cancellationToken),
            _ => await SendAsync(account, notice, check, channel, cancellationToken),
        };
    }

    private async Task<bool> WaitAsync(NoticeWait wait, CancellationToken cancellationToken)
    {
        if (!await receivables.TryCommitAsync(wait.Transaction, cancellationToken))
            return false;
        await queues.SendAsync(wait.Later, wait.Later.NotBefore - clock.GetUtcNow(), cancellationToken);
        return true;
    }

    private async Task<bool> SendAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        var request = new SendRequest(notice.Value, account.Customer.Value, check)
        {
            Charges = await charges.ReadAsync(ContextOf(account), notice.Value, check, cancellationToken),
        };
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
        if (await ClaimAsync(account, notice, request, message, cancellationToken) is not { } claimed)
            return false;
        if (!await ClaimUnnamedAsync(notice.Value, check, cancellationToken))
        {
            await ReleaseAsync(claimed);
            return false;
        }
        await sender.SendAsync(claimed, check, message, channel, cancellationToken);
        return true;
    }

    private async Task<Versioned<Notice>?> ClaimAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        SendRequest request,
        PreparedMessage message,
        CancellationToken cancellationToken
    )
    {
        var claim = Guid.NewGuid().ToString("N");
        var ready = await checks.ReadSentAsync(notice, request.Check, cancellationToken) with
        {
            Charges = request.Charges,
        };
        var transaction = DeliveryTransactions.Claim(ContextOf(account), account, ready, message, claim);
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
        foreach (var transaction in DeliveryTransactions.ClaimUnnamed(notice, check))
        {
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

    private DunningContext ContextOf(CustomerAccount account) => new(account.Customer.Value, rules, clock.GetUtcNow());
}
