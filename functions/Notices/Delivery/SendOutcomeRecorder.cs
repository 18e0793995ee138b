using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.Logging;

namespace Dunning.Notices.Delivery;

/// <summary>What was tried with one message, and what is known of it.</summary>
/// <param name="InvoiceIds">The invoices it spoke for.</param>
/// <param name="Details">Addresses, ids and the hash of the text.</param>
public sealed record SendAttempt(
    Versioned<Notice> Claimed,
    IReadOnlyList<InvoiceId> InvoiceIds,
    IReadOnlyList<ExcludedInvoice> Dropped,
    string Summary,
    IReadOnlyDictionary<string, string> Details,
    SendOutcome Outcome
);

/// <summary>
/// Turns a claimed notice into an event, or back into a planned one; what is not known is left claimed, and said.
/// </summary>
public sealed class SendOutcomeRecorder(
    ReceivablesTable receivables,
    Queues queues,
    SendRateLimiter limiter,
    TimeProvider clock,
    ILogger<SendOutcomeRecorder> log
)
{
    private const int MaxAttempts = 10;

    public async Task WriteAsync(SendAttempt attempt)
    {
        await ReportDeadAddressAsync(attempt.Claimed.Value, attempt.Outcome);
        for (
            var tried = 0;
            !await receivables.TryCommitAsync(CreateTransaction(attempt, clock.GetUtcNow()), CancellationToken.None);
            tried++
        )
        {
            // As long as the claim is ours, what is known is written, whoever has touched the row.
            if (await StillClaimedAsync(attempt) is not { } again)
                break;
            if (tried == MaxAttempts)
                throw new InvalidOperationException(
                    $"Notice {again.Value.Id} of {again.Value.CustomerId} changed while it was being sent: it is "
                        + "in doubt."
                );
            attempt = attempt with { Claimed = again with { Value = attempt.Claimed.Value } };
        }
        await FollowAsync(attempt.Claimed.Value, attempt.Outcome);
    }

    public static void AddNotSentEvents(
        CustomerTransaction transaction,
        Notice notice,
        IReadOnlyList<ExcludedInvoice> dropped,
        DateTimeOffset now
    )
    {
        foreach (var (invoice, reason) in dropped)
            transaction.AddEvent(
                new InvoiceId(notice.CustomerId, invoice),
                new(now, EventKind.NotSent, $"Not sent by {Name(notice)}: {reason}", Details(notice))
            );
    }

    private static CustomerTransaction CreateTransaction(SendAttempt attempt, DateTimeOffset now)
    {
        var (claimed, told, dropped, summary, sent, outcome) = attempt;
        var notice = claimed.Value;
        var transaction = new CustomerTransaction(notice.CustomerId);
        if (outcome is SendOutcome.RetryLater later)
            transaction.Save(claimed, PutOff(notice, now + Delay(notice, later)));
        else if (outcome is SendOutcome.Unknown doubt)
            transaction.Save(claimed, notice with { InDoubtReason = doubt.Reason });
        else
            transaction
                .Delete(claimed)
                .Save(before: null, new SentMessage(notice, [.. told.Select(i => i.Invoice)], now));

        var details = Details(notice).Concat(sent).Concat(outcome.Details).DistinctBy(d => d.Key).ToDictionary();
        // A provider that is down for hours is told of once.
        if (outcome is not SendOutcome.RetryLater || notice.RetryCount == 0)
            told.ToList()
                .ForEach(invoice =>
                    transaction.AddEvent(invoice, new(now, Kind(outcome), What(outcome, notice, summary), details))
                );
        if (outcome is not SendOutcome.RetryLater)
            AddNotSentEvents(transaction, notice, dropped, now);
        return transaction;
    }

    private static Notice PutOff(Notice notice, DateTimeOffset until) =>
        notice with
        {
            State = NoticeState.Planned,
            Claim = null,
            InDoubtReason = null,
            ProviderQueried = false,
            SendSlot = null,
            InvoiceIds = [],
            NotBefore = until,
            RetryCount = notice.RetryCount + 1,
        };

    private static EventKind Kind(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Sent => EventKind.Sent,
            SendOutcome.Rejected => EventKind.Rejected,
            SendOutcome.RetryLater => EventKind.Postponed,
            _ => EventKind.InDoubt,
        };

    private static string What(SendOutcome outcome, Notice notice, string summary) =>
        outcome switch
        {
            SendOutcome.Sent => $"Sent by {Name(notice)}: {summary}",
            SendOutcome.Rejected no => $"Refused by the {Name(notice)} provider: {no.Reason}",
            SendOutcome.RetryLater later => $"Tried later by {Name(notice)}: {later.Reason}",
            SendOutcome.Unknown unknown => $"May or may not have been sent by {Name(notice)}: {unknown.Reason}",
            _ => throw new InvalidOperationException($"{outcome} is no outcome."),
        };

    /// <summary>Null when a refused outcome was written after all, and only the answer was lost.</summary>
    private async Task<Versioned<Notice>?> StillClaimedAsync(SendAttempt attempt)
    {
        var notice = attempt.Claimed.Value;
        var left = (await receivables.ReadAsync(notice.CustomerId, CancellationToken.None))?.Notice(notice.Id);
        var isWritten =
            attempt.Outcome is SendOutcome.Unknown unknown
            && (left?.Value.InDoubtReason, left?.Value.ProviderQueried) == (unknown.Reason, notice.ProviderQueried);
        return left?.Value.Claim == notice.Claim && !isWritten ? left : null;
    }

    /// <summary>What an outcome asks for beside being written down.</summary>
    private async Task FollowAsync(Notice notice, SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Unknown:
                log.LogWarning(
                    "Notice {Notice} of {Customer} by {Channel} is in doubt",
                    notice.Id,
                    notice.CustomerId,
                    notice.Channel
                );
                break;
            case SendOutcome.Rejected:
                log.LogWarning(
                    "Notice {Notice} of {Customer} was refused by the {Channel} provider",
                    notice.Id,
                    notice.CustomerId,
                    notice.Channel
                );
                break;
            case SendOutcome.RetryLater later:
                if (later.IsConfigurationError && notice.RetryCount == 0)
                    log.LogWarning(
                        "Notice {Notice} of {Customer} waits until somebody repairs how we send by {Channel}",
                        notice.Id,
                        notice.CustomerId,
                        notice.Channel
                    );
                if (later.After is { } wait)
                    await limiter.BackOffAsync(notice, wait, CancellationToken.None);
                await queues.SendAsync(notice, Delay(notice, later), CancellationToken.None);
                break;
        }
    }

    /// <summary>Enqueued before the outcome is written, so that a crash here cannot lose the fallback notice.</summary>
    private async Task ReportDeadAddressAsync(Notice notice, SendOutcome outcome)
    {
        if (
            outcome is SendOutcome.Rejected { AddressIsDead: true } dead
            && notice.Channel is not Channel.Escalation
            && notice.To is [var address, ..]
        )
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(
                    notice.CustomerId,
                    notice.Id,
                    address,
                    DeliveryStatus.Dead,
                    dead.Reason,
                    clock.GetUtcNow()
                ),
                TimeSpan.Zero,
                CancellationToken.None
            );
    }

    /// <summary>
    /// What the provider asks for the first time; after that, or if it asks for nothing, five minutes that double up to
    /// some hours.
    /// </summary>
    private static TimeSpan Delay(Notice notice, SendOutcome.RetryLater later)
    {
        var doubling = TimeSpan.FromMinutes(5) * Math.Pow(2, Math.Min(notice.RetryCount, 6));
        return later.After is not { } asked ? doubling
            : notice.RetryCount > 0 && asked < doubling ? doubling
            : asked;
    }

    private static Dictionary<string, string> Details(Notice notice) =>
        new() { ["notice"] = notice.Id, ["channel"] = Name(notice) };

    private static string Name(Notice notice) => notice.Channel.ToString().ToLowerInvariant();
}
