using Azure;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// What follows the claim: archive the message, give it to the provider, record the outcome. Nothing is given to a
/// provider that is not archived. What was certainly not accepted is deleted from the archive again.
/// </summary>
public sealed class MessageSender(
    ReceivablesTable receivables,
    MessageArchive archive,
    SendOutcomeRecorder recorder,
    ChargePosting charges,
    TimeProvider clock
)
{
    /// <summary>
    /// Within a day a provider's "not found" is reliable. No provider documents for how much longer it keeps messages.
    /// </summary>
    private static readonly TimeSpan _maxAgeToQueryProvider = TimeSpan.FromHours(24);

    /// <summary>Sends a message whose notice and invoices are claimed.</summary>
    public async Task SendAsync(
        Versioned<Notice> claimed,
        PreSendResult check,
        PreparedMessage message,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (await TrySendAsync(claimed.Value, message, channel, cancellationToken) is not { } outcome)
            return;
        // The message may have been sent: its outcome is recorded even while the host is stopping (no cancellation).
        await RecordAsync(
            new SendAttempt(
                claimed,
                [.. check.NamedIn(claimed.Value).Select(i => i.Value.Id)],
                check.Excluded,
                message.Evidence,
                outcome
            )
            {
                Tone = check.Tone,
            }
        );
    }

    /// <summary>
    /// Asks the provider about the message of a stopped sender. A message that was never accepted is sent again.
    /// </summary>
    public async Task QueryProviderAsync(
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
        await RecordAsync(
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

    /// <returns>Null when the claim became too old to be used: nothing was sent.</returns>
    private async Task<SendOutcome?> TrySendAsync(
        Notice claimed,
        PreparedMessage message,
        INoticeChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (await ArchiveAsync(claimed, message.Content, cancellationToken) is { } notArchived)
            return notArchived;
        // Read after the claim: a stop that was answered before the claim is seen here, and one that comes later waits
        // until this message is sent.
        var isStopped = await receivables.Sending.IsStoppedAsync(cancellationToken);
        // If this process was suspended since the claim, the claim may have timed out, and another worker may have
        // queried the provider and sent the message. Half of the timeout leaves time for the sending itself.
        if (claimed.ClaimedAt + Notice.ClaimTimeout / 2 <= clock.GetUtcNow())
        {
            await archive.TryDeleteAsync(claimed.ArchivedAs);
            return null;
        }
        return isStopped ? SendOutcome.Stopped : await channel.SendAsync(message, cancellationToken);
    }

    /// <returns>Null when the message is archived.</returns>
    private async Task<SendOutcome?> ArchiveAsync(
        Notice claimed,
        MessageContent content,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await archive.SaveAsync(claimed, content, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.NotStarted;
        }
        // Whatever the cause, nothing was sent. Without a recorded outcome the notice would be in doubt.
        catch (Exception failure)
        {
            var refused = failure as RequestFailedException;
            return new SendOutcome.RetryLater(
                After: null,
                $"The archive did not store it ({refused?.ErrorCode ?? failure.GetType().Name}): nothing was sent.",
                // The container is missing, or the app may not write to it.
                IsConfigurationError: refused?.Status is 401 or 403 or 404
            );
        }
    }

    private async Task RecordAsync(SendAttempt attempt)
    {
        if (attempt.Outcome is SendOutcome.Sent)
            await charges.PostAsync(attempt.Claimed.Value);
        await recorder.WriteAsync(attempt);
        if (attempt.Outcome is SendOutcome.RetryLater)
            await archive.TryDeleteAsync(attempt.Claimed.Value.ArchivedAs);
    }
}
