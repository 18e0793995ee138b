using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.Logging;

namespace Dunning.Notices.Delivery;

/// <summary>One attempt to send a claimed notice, with its outcome.</summary>
/// <param name="InvoiceIds">The invoices that the message names or was planned for.</param>
/// <param name="Evidence">Null when the provider confirmed the message of a sender that had stopped.</param>
public sealed record SendAttempt(
    Versioned<Notice> Claimed,
    IReadOnlyList<InvoiceId> InvoiceIds,
    IReadOnlyList<ExcludedInvoice> Excluded,
    MessageEvidence? Evidence,
    SendOutcome Outcome
)
{
    /// <summary>Of the message; null for that of the notice.</summary>
    public NoticeTone? Tone { get; init; }

    /// <summary>Who did it, and when; null for what a provider does.</summary>
    public PersonsWork? Work { get; init; }
}

/// <summary>
/// Records the outcome of an attempt: the claimed notice becomes events (sent, rejected), becomes planned again (retry
/// later), or stays claimed and is in doubt (unknown).
/// </summary>
public sealed class SendOutcomeRecorder(
    ReceivablesTable receivables,
    Queues queues,
    SendRateLimiter limiter,
    TimeProvider clock,
    ILogger<SendOutcomeRecorder> log
)
{
    /// <remarks>Takes no cancellation token: the outcome is recorded even while the host is stopping.</remarks>
    public async Task WriteAsync(SendAttempt attempt)
    {
        await ReportRejectionAsync(attempt.Claimed.Value, attempt.Outcome);
        // While the notice carries this claim, the outcome is recorded, whatever other writers changed in the row.
        await CustomerTransactions.RetryAsync(
            attempt.Claimed.Value.CustomerId,
            async () =>
            {
                var transaction = CreateTransaction(attempt, clock.GetUtcNow());
                if (
                    await receivables.TryCommitAsync(transaction, CancellationToken.None)
                    || await FindClaimedAsync(attempt) is not { } current
                )
                    return true;
                // Meanwhile it may have been listed for a person: the index row goes with the notice.
                var claimed = attempt.Claimed.Value with
                {
                    FollowUpKey = current.Value.FollowUpKey,
                };
                attempt = attempt with { Claimed = current with { Value = claimed } };
                return false;
            }
        );
        await LogAndRetryAsync(attempt.Claimed.Value, attempt.Outcome);
    }

    public static void AddNotSentEvents(
        CustomerTransaction transaction,
        Notice notice,
        IReadOnlyList<ExcludedInvoice> excluded,
        DateTimeOffset now
    )
    {
        foreach (var (invoice, reason) in excluded)
            transaction.AddEvent(
                new InvoiceId(notice.CustomerId, invoice),
                new(now, EventKind.NotSent)
                {
                    Block = reason,
                    Notice = notice.Id,
                    Channels = [notice.Channel],
                }
            );
    }

    /// <summary>What the outcome writes. Pure: the forecast applies it in memory.</summary>
    internal static CustomerTransaction CreateTransaction(SendAttempt attempt, DateTimeOffset now)
    {
        var (claimed, invoiceIds, excluded, _, outcome) = attempt;
        var notice = claimed.Value;
        var transaction = new CustomerTransaction(notice.CustomerId);
        if (outcome is SendOutcome.RetryLater later)
            transaction.Save(claimed, Postpone(notice, now + Delay(notice, later)));
        else if (outcome is SendOutcome.Unknown unknown)
            transaction.Save(claimed, notice with { InDoubtReason = unknown.Reason });
        else
            transaction
                .Delete(claimed)
                .Save(
                    before: null,
                    new SentMessage(notice, [.. invoiceIds.Select(i => i.Invoice)], now) { DoneOn = attempt.Work?.On }
                );

        // While a provider is down for hours, only the first failed attempt becomes an event.
        if (outcome is not SendOutcome.RetryLater || notice.RetryCount == 0)
        {
            var sent = CreateEvent(attempt, now);
            foreach (var invoice in invoiceIds)
                transaction.AddEvent(invoice, sent with { Step = StepOf(notice, invoice) });
        }
        if (outcome is not SendOutcome.RetryLater)
            AddNotSentEvents(transaction, notice, excluded, now);
        return transaction;
    }

    /// <summary>Null for an invoice that the message names and that no step was due for.</summary>
    private static StepId? StepOf(Notice notice, InvoiceId invoice) =>
        notice.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Invoice)?.Step;

    private static Notice Postpone(Notice notice, DateTimeOffset until) =>
        notice.Unclaimed() with
        {
            SendSlot = null,
            NotBefore = until,
            RetryCount = notice.RetryCount + 1,
        };

    private static InvoiceEvent CreateEvent(SendAttempt attempt, DateTimeOffset now)
    {
        var (notice, evidence) = (attempt.Claimed.Value, attempt.Evidence);
        var archived = (evidence ?? new() { To = notice.To }) with
        {
            ArchivedAs = notice.Claim is null ? null : notice.ArchivedAs,
        };
        InvoiceEvent invoiceEvent = attempt.Outcome switch
        {
            SendOutcome.Sent sent => new(now, EventKind.Sent)
            {
                Reason = evidence is null ? EventReason.ConfirmedByProvider : null,
                Tone = attempt.Tone ?? notice.Tone,
                Message = archived with
                {
                    ProviderMessageId = attempt.Work is null ? sent.ProviderMessageId : null,
                    TrackingNumber = attempt.Work?.TrackingNumber,
                },
                Date = attempt.Work?.On,
                By = attempt.Work?.By,
                Text = attempt.Work?.Text,
            },
            SendOutcome.Rejected rejected => new(now, EventKind.Rejected)
            {
                Text = rejected.Reason,
                By = attempt.Work?.By,
                Message = archived with { Code = rejected.Code },
            },
            SendOutcome.RetryLater later => new(now, EventKind.Postponed) { Text = later.Reason, Message = evidence },
            SendOutcome.Unknown unknown => new(now, EventKind.InDoubt) { Text = unknown.Reason, Message = archived },
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
        return invoiceEvent with { Notice = notice.Id, Channels = [notice.Channel] };
    }

    /// <summary>
    /// Null when the notice no longer carries this claim, or when the outcome "unknown", which keeps the claim, was
    /// recorded and only the response was lost.
    /// </summary>
    private async Task<Versioned<Notice>?> FindClaimedAsync(SendAttempt attempt)
    {
        var notice = attempt.Claimed.Value;
        var stored = (await receivables.ReadAsync(notice.CustomerId, CancellationToken.None))?.Notice(notice.Id);
        var isRecorded =
            attempt.Outcome is SendOutcome.Unknown
            && stored is { Value.InDoubtReason: not null }
            && stored.Value.ProviderQueried == notice.ProviderQueried;
        return stored?.Value.Claim == notice.Claim && !isRecorded ? stored : null;
    }

    /// <summary>What an outcome requires besides the record: log lines, a retry, a back-off.</summary>
    private async Task LogAndRetryAsync(Notice notice, SendOutcome outcome)
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
                        "Notice {Notice} of {Customer} waits: correct the settings of {Channel}, see the event",
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

    /// <summary>
    /// A dead address needs a fallback notice, an answer another answer. Enqueued before the outcome is written, so
    /// that a crash here cannot lose it.
    /// </summary>
    private async Task ReportRejectionAsync(Notice notice, SendOutcome outcome)
    {
        if (
            outcome is SendOutcome.Rejected rejected
            && (rejected.AddressIsDead || notice.Answer is not null)
            && notice.Channel is not Channel.Escalation
            && notice.To is [var address, ..]
        )
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(
                    notice.CustomerId,
                    notice.Id,
                    address,
                    rejected.AddressIsDead ? DeliveryStatus.Dead : DeliveryStatus.Failed,
                    rejected.Reason,
                    clock.GetUtcNow()
                )
                {
                    IsLandline = rejected.IsLandline,
                },
                TimeSpan.Zero,
                CancellationToken.None
            );
    }

    /// <summary>
    /// The first time the wait that the provider asked for. After that, or if it asked for none, at least 5 minutes,
    /// doubled with each retry up to 64 times (5 h 20 min).
    /// </summary>
    private static TimeSpan Delay(Notice notice, SendOutcome.RetryLater later)
    {
        var doubling = TimeSpan.FromMinutes(5) * Math.Pow(2, Math.Min(notice.RetryCount, 6));
        return later.After is not { } requested ? doubling
            : notice.RetryCount > 0 && requested < doubling ? doubling
            : requested;
    }
}
