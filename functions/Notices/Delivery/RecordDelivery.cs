using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Records the delivery status of a message, and plans a fallback notice for a reminder whose address is dead. Safe to
/// run any number of times.
/// </summary>
public sealed class RecordDelivery(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    /// <summary>
    /// A report may arrive before the sender has recorded its outcome, which takes seconds; if the sender has stopped,
    /// the recovery timer follows up.
    /// </summary>
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(5),
        _maxWait = TimeSpan.FromHours(1),
        _maxAge = TimeSpan.FromDays(7);

    [Function(nameof(RecordDelivery))]
    public async Task Run(
        [QueueTrigger(Queues.DeliveryReports)] DeliveryReport report,
        CancellationToken cancellationToken
    )
    {
        var isWaiting = false;
        await transactions.RunAsync(
            report.CustomerId,
            () => ReadAsync(report, cancellationToken),
            (facts, now) =>
            {
                isWaiting = facts.Message is null;
                return facts.Message is { } message
                    ? DeliveryReportDecision.Decide(
                        new DunningContext(facts.Account.Customer.Value, rules, now),
                        facts.Account,
                        message,
                        report
                    )
                    : null;
            },
            cancellationToken
        );
        if (isWaiting)
            await WaitAsync(report, cancellationToken);
    }

    /// <returns>
    /// The message of the report, which is null as long as its sender has not recorded the outcome; null when there is
    /// no such message.
    /// </returns>
    private async Task<Facts?> ReadAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        // Twice: the sender may have recorded its outcome between the reads of the open rows and the sent messages.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await receivables.ReadAsync(report.CustomerId, cancellationToken) is not { } account)
                return null;
            var sent = await receivables.ReadSentMessagesAsync(account.Id, report.NoticeId.Plan, cancellationToken);
            var message = sent.FirstOrDefault(m => m.Value.Notice.Id == report.NoticeId);
            if (message is not null || account.Notice(report.NoticeId) is not null)
                return new Facts(
                    account,
                    message is null
                        ? null
                        : new ReportedMessage(message, [.. sent.Where(m => m != message).Select(m => m.Value)])
                        {
                            Answered = await receivables.ReadAnsweredAsync(message.Value.Notice, cancellationToken),
                            Fees = await ReadFeesAsync([.. sent.Select(m => m.Value.Notice)], cancellationToken),
                        }
                );
        }
        return null;
    }

    /// <param name="plan">The messages of a plan: the first one has its fees.</param>
    private async Task<IReadOnlyList<Versioned<LedgerEntry>>> ReadFeesAsync(
        IReadOnlyList<Notice> plan,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<LedgerEntry>> fees = [];
        var charged =
            from notice in plan
            from charges in notice.Charges
            from entry in charges.Entries
            where entry.Kind is LedgerKind.ReminderFee
            select (Invoice: new InvoiceId(notice.CustomerId, charges.InvoiceId), entry.ObjectId);
        foreach (var (invoice, id) in charged.Distinct())
            fees.AddRange(
                from entry in await receivables.ReadLedgerAsync(invoice, cancellationToken)
                where entry.Value is { Kind: LedgerKind.ReminderFee, Amount.IsPositive: true }
                where entry.Value.ObjectId == id
                select entry
            );
        return fees;
    }

    private sealed record Facts(CustomerAccount Account, ReportedMessage? Message);

    /// <summary>The wait grows with the report's age: a notice in doubt can wait for a person for days.</summary>
    private async Task WaitAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        var age = clock.GetUtcNow() - report.At;
        if (age < _maxAge)
            await queues.SendAsync(
                Queues.DeliveryReports,
                report,
                age < _firstWait ? _firstWait
                    : age > _maxWait ? _maxWait
                    : age,
                cancellationToken
            );
    }
}
