using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Replies.Mail;

/// <summary>The files of a reply, to be saved and never to be shown in the page: they come from outside.</summary>
public sealed class ReplyFiles(ReceivablesTable receivables, ReceivedMessages received)
{
    /// <param name="file">The number is that of the attachment, from 1 on; 0 for the whole message.</param>
    /// <returns>Null when there is no such file, or it was not kept.</returns>
    public async Task<IResult?> FindAsync(
        HttpResponse response,
        (string Customer, string Reply, int Number) file,
        CancellationToken cancellationToken
    )
    {
        var reply = await receivables.ReadReplyAsync(
            new CustomerId(file.Customer),
            Keys.Escape(file.Reply),
            cancellationToken
        );
        var (name, blob) = NamesOf(reply?.Value, file.Number);
        if (blob is null || await received.ReadAsync(blob, cancellationToken) is not { } content)
            return null;
        return FileDownload.Create(response, content, name);
    }

    private static (string? Name, string? Blob) NamesOf(Reply? reply, int number) =>
        number == 0 ? ("message.eml", reply?.Mail?.BlobName)
        : reply?.Attachments.ElementAtOrDefault(number - 1) is { } attachment ? (attachment.Name, attachment.BlobName)
        : (null, null);
}
