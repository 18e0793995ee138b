using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Replies.Mail;

/// <summary>Gives a bounce that came as an email the way of a provider's delivery report.</summary>
public sealed class BounceReports(ReceivablesTable receivables, Lookup lookup, Queues queues, TimeProvider clock)
{
    internal async Task SendAsync(Bounce bounce, CancellationToken cancellationToken)
    {
        // Another application, or a book that was restored, may use the same address.
        if (
            await lookup.FindEmailAsync(bounce.OperationId, cancellationToken) is not var (customerId, noticeId)
            || await FindRecipientsAsync(customerId, noticeId, cancellationToken) is not { } to
        )
            return;
        // Servers forward to other mailboxes, and name those.
        var address =
            to.FirstOrDefault(known => MailboxComparer.Instance.Equals(known, bounce.Recipient))
            ?? (to is [var only] ? only : bounce.Recipient);
        if (address is not null)
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(customerId, noticeId, address, bounce.Status, bounce.Reason, clock.GetUtcNow()),
                TimeSpan.Zero,
                cancellationToken
            );
    }

    private async Task<IReadOnlyList<string>?> FindRecipientsAsync(
        CustomerId customerId,
        NoticeId noticeId,
        CancellationToken cancellationToken
    )
    {
        if (await receivables.ReadAsync(customerId, cancellationToken) is not { } account)
            return null;
        if (account.Notice(noticeId) is { } notice)
            return notice.Value.To;
        var sent = await receivables.ReadSentMessageAsync(account.Id, noticeId, cancellationToken);
        return sent?.Value.Notice.To;
    }
}
