using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>The pre-send check with the rows that it needs, and what follows when nothing may be sent.</summary>
public sealed class NoticeCheck(ReceivablesTable receivables)
{
    internal async Task<PreSendResult> RunAsync(
        DunningContext context,
        Notice notice,
        CustomerAccount account,
        CancellationToken cancellationToken
    ) => PreSendCheck.Decide(context, notice, account, await ReadClosedAsync(account, notice, cancellationToken));

    /// <summary>See <see cref="PreSendCheck.DecideByPerson"/>.</summary>
    internal async Task<PreSendResult> RunByPersonAsync(
        DunningContext context,
        Notice notice,
        CustomerAccount account,
        CancellationToken cancellationToken
    ) =>
        PreSendCheck.DecideByPerson(
            context,
            notice,
            account,
            await ReadClosedAsync(account, notice, cancellationToken)
        );

    /// <summary>The notice is not sent: see <see cref="DeliveryTransactions.Drop"/>.</summary>
    /// <returns>False when something has changed since the check.</returns>
    internal async Task<bool> DropAsync(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        var dropped = await ReadSentAsync(notice, check, cancellationToken) with
        {
            Answered = await receivables.ReadAnsweredAsync(notice.Value, cancellationToken),
        };
        return await receivables.TryCommitAsync(
            DeliveryTransactions.Drop(context, account, dropped),
            cancellationToken
        );
    }

    /// <summary>Read after the open rows: a notice that is missing there was sent before.</summary>
    internal async Task<CheckedNotice> ReadSentAsync(
        Versioned<Notice> notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Versioned<SentMessage>> sent =
            check.Excluded.Count == 0
                ? []
                : await receivables.ReadSentMessagesAsync(
                    notice.Value.CustomerId,
                    notice.Value.Id.Plan,
                    cancellationToken
                );
        return new CheckedNotice(notice, check, [.. sent.Select(message => message.Value)]);
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
}
