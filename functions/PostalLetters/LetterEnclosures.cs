using Dunning.Documents;
using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.PostalLetters;

/// <summary>The files that go into the envelope with a printed letter, as they were when it was printed.</summary>
public sealed class LetterEnclosures(ReceivablesTable receivables, MessageArchive archive, DocumentStore documents)
{
    /// <param name="letter">See <see cref="CustomerNoticeId"/>.</param>
    /// <param name="number">The place in <see cref="PrintedLetter.Enclosures"/>, from 1 on.</param>
    /// <returns>Null when there is no such file.</returns>
    internal async Task<IResult?> FindAsync(
        HttpResponse response,
        string letter,
        int number,
        CancellationToken cancellationToken
    )
    {
        if (
            CustomerNoticeId.Parse(letter) is not { } id
            || await receivables.ReadAsync(id.Customer, cancellationToken) is not { } account
            || account.Notice(id.Notice) is not { Value: { State: NoticeState.Printed } notice }
            || await archive.ReadAsync(notice.ArchivedAs, cancellationToken) is not { Content: var printed }
            || printed.Files?.ElementAtOrDefault(number - 1) is not { } file
        )
            return null;
        var content =
            file.Content ?? (file.BlobName is { } blob ? await documents.ReadAsync(blob, cancellationToken) : null);
        return content is null ? null : FileDownload.Create(response, content, file.Name);
    }
}
