using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
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
        await UploadAsync(name, raw, "message/rfc822", cancellationToken);
        return name;
    }

    /// <returns>Null when it was read before, or erased.</returns>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Keeps a message with what is attached to it. To repeat it has the same result.</summary>
    internal async Task<Reply> KeepAsync(
        Reply reply,
        byte[] raw,
        IReadOnlyList<IncomingAttachment> attachments,
        CancellationToken cancellationToken
    )
    {
        var message = $"{reply.Id}/message.eml";
        await UploadAsync(message, raw, "message/rfc822", cancellationToken);
        List<ReplyAttachment> kept = [];
        foreach (var (attachment, i) in attachments.Select((attachment, i) => (attachment, i)))
        {
            var name = attachment.Content is null ? null : $"{reply.Id}/{i + 1}";
            if (name is not null)
                await UploadAsync(name, attachment.Content!, attachment.ContentType, cancellationToken);
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

    private Task UploadAsync(string name, byte[] content, string type, CancellationToken cancellationToken) =>
        container
            .GetBlobClient(name)
            .UploadAsync(
                BinaryData.FromBytes(content),
                new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } },
                cancellationToken
            );
}
