namespace Dunning.Replies.Mail;

/// <summary>
/// Stores a received email and has it read. Both may be repeated: the same bytes are the same blob, and the same
/// message is recorded once.
/// </summary>
public sealed class MailIntake(ReceivedMessages received, Queues queues)
{
    /// <summary>Of one email; of a larger one in an inbox only the beginning is read.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <param name="isCut">Only the beginning of the message.</param>
    public async Task SaveAsync(byte[] raw, bool isCut, CancellationToken cancellationToken)
    {
        var name = await received.SaveIncomingAsync(raw, cancellationToken);
        await queues.SendAsync(Queues.ReceivedMail, new MailReceived(name, isCut), TimeSpan.Zero, cancellationToken);
    }
}
