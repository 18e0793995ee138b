using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>Finds the archived messages of a notice by the events of an invoice that it named.</summary>
public sealed class InvoiceMessages(ReceivablesTable receivables, MessageArchive archive)
{
    /// <returns>
    /// The messages that are in the archive, oldest first; several when a person had the notice sent again. Null when
    /// no event names one.
    /// </returns>
    public async Task<IReadOnlyList<ArchivedMessage>?> FindAsync(
        InvoiceId invoice,
        NoticeId notice,
        CancellationToken cancellationToken
    )
    {
        var names = (await receivables.ReadEventsAsync(invoice, cancellationToken))
            .Where(e => e.Notice == notice)
            .Select(e => e.Message?.ArchivedAs)
            .OfType<string>()
            .Distinct()
            .ToList();
        if (names.Count == 0)
            return null;
        var messages = await Task.WhenAll(names.Select(name => archive.ReadAsync(name, cancellationToken)));
        return [.. messages.OfType<ArchivedMessage>().OrderBy(message => message.At)];
    }
}
