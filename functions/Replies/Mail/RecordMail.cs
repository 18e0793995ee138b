using Microsoft.Azure.Functions.Worker;

namespace Dunning.Replies.Mail;

/// <summary>
/// Reads a received email: an answer becomes a reply of its customer, a bounce a delivery report. Safe to run any
/// number of times, for the same message however it came.
/// </summary>
public sealed class RecordMail(ReceivedMessages received, MailReplies replies, BounceReports bounces, OwnMailboxes own)
{
    [Function(nameof(RecordMail))]
    public async Task Run([QueueTrigger(Queues.ReceivedMail)] MailReceived message, CancellationToken cancellationToken)
    {
        // No blob: it was dealt with before.
        if (await received.ReadAsync(message.BlobName, cancellationToken) is not { } raw)
            return;
        var mail = MailReader.Read(raw, message.IsCut);
        if (mail.Bounce is { } bounce)
            await bounces.SendAsync(bounce, cancellationToken);
        else if (!own.Contains(mail.From))
            await replies.SaveAsync(mail, raw, cancellationToken);
        await received.DeleteAsync(message.BlobName, cancellationToken);
    }
}
