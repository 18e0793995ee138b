using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Receivables;

namespace Dunning.Replies.Mail;

/// <summary>
/// The container of received messages. What nobody has read yet is named <c>incoming/{hash}</c>, so the same bytes are
/// stored once; what belongs to a reply is named <c>{reply}/…</c>, so erasure finds all of it by the reply's id.
/// </summary>
public sealed class ReceivedMessages(BlobContainerClient container)
{
    private const string Incoming = "incoming/";

    /// <returns>The name of the blob.</returns>
    public async Task<string> SaveIncomingAsync(byte[] raw, CancellationToken cancellationToken)
    {
        var name = Incoming + Convert.ToHexStringLower(SHA256.HashData(raw));
        await BlobFiles.SaveAsync(container, name, raw, "message/rfc822", cancellationToken);
        return name;
    }

    /// <returns>Null when it was read before, or erased.</returns>
    public Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        BlobFiles.ReadAsync(container, name, cancellationToken);

    /// <summary>Keeps a message with what is attached to it. To repeat it has the same result.</summary>
    internal async Task<Reply> KeepAsync(
        Reply reply,
        byte[] raw,
        IReadOnlyList<IncomingAttachment> attachments,
        CancellationToken cancellationToken
    )
    {
        var message = $"{reply.Id}/message.eml";
        await BlobFiles.SaveAsync(container, message, raw, "message/rfc822", cancellationToken);
        List<ReplyAttachment> kept = [];
        foreach (var (attachment, i) in attachments.Select((attachment, i) => (attachment, i)))
        {
            var name = attachment.Content is null ? null : $"{reply.Id}/{i + 1}";
            if (name is not null)
                await BlobFiles.SaveAsync(
                    container,
                    name,
                    attachment.Content!,
                    attachment.ContentType,
                    cancellationToken
                );
            kept.Add(new ReplyAttachment(attachment.Name, attachment.ContentType, attachment.Size, name));
        }
        return reply with { Attachments = kept, Mail = reply.Mail! with { BlobName = message } };
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);

    /// <summary>Deletes all that belongs to a reply.</summary>
    public async Task DeleteOfReplyAsync(string replyId, CancellationToken cancellationToken)
    {
        await foreach (var name in FindAsync($"{replyId}/", before: null, cancellationToken))
            await DeleteAsync(name, cancellationToken);
    }

    /// <summary>Deletes messages that nobody could read, and that nobody has had read again.</summary>
    public async Task DeleteIncomingBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var name in FindAsync(Incoming, before, cancellationToken))
            await DeleteAsync(name, cancellationToken);
    }

    private async IAsyncEnumerable<string> FindAsync(
        string prefix,
        DateTimeOffset? before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
        {
            if (before is null || blob.Properties.CreatedOn <= before)
                yield return blob.Name;
        }
    }
}
