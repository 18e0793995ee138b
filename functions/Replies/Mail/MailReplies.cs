using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Replies.Mail;

/// <summary>Records an email that a person or a program of a customer sent. Repeating it changes nothing.</summary>
public sealed class MailReplies(
    ReceivedMessages received,
    MailMatch match,
    ReplyIntake replies,
    Lookup lookup,
    TimeProvider clock
)
{
    internal async Task SaveAsync(IncomingMail mail, byte[] raw, CancellationToken cancellationToken)
    {
        if (await lookup.IsReceivedAsync(mail.Id, cancellationToken))
            return;
        var matched = await match.FindAsync(mail, cancellationToken);
        // The creditor's employee answers a task, or a copy.
        if (matched.Account?.Customer.Value.IsManagedBy(mail.From) is true)
            return;
        var reply = ReplyOf(mail, matched);
        await replies.SaveOneAsync(
            await received.KeepAsync(reply, raw, mail.Attachments, cancellationToken),
            cancellationToken
        );
        // After the reply is saved: a crash in between only repeats it.
        await lookup.AddReceivedAsync(mail.Id, cancellationToken);
    }

    private Reply ReplyOf(IncomingMail mail, MatchedMail matched)
    {
        var text = QuotedText.Cut(mail.Text);
        return new Reply(
            mail.Id,
            mail.From,
            matched.Account?.Id,
            text,
            mail.Kind is MailKind.Automatic ? ReplyMeaning.Automatic : ReplyMeaning.Message,
            clock.GetUtcNow()
        )
        {
            Channel = ReplyChannel.Email,
            Subject = mail.Subject,
            Mail = new ReceivedMail(mail.MessageId, [.. mail.References.Reverse()], BlobName: null),
            InvoiceIds = matched.InvoicesNamedIn(text, mail.Subject),
            Suggestions = matched.Suggestions,
        };
    }
}
