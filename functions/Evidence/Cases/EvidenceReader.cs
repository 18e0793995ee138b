using Dunning.Charges;
using Dunning.Configuration;
using Dunning.Documents;
using Dunning.Notices.Delivery;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence.Cases;

/// <summary>Reads what goes into a pack; changes nothing.</summary>
public sealed class EvidenceReader(
    ReceivablesTable receivables,
    MessageArchive archive,
    DocumentStore documents,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    /// <summary>Of documents and messages: they are in memory until the pack is signed.</summary>
    internal const long MaxBytes = 100_000_000;

    /// <returns>Null when the files have more than <see cref="MaxBytes"/>.</returns>
    internal async Task<CustomerCase?> ReadAsync(
        Customer customer,
        IReadOnlyList<Invoice> invoices,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        var context = new DunningContext(customer, rules, clock.GetUtcNow());
        var rows = await receivables.ReadMessagesAsync(customer.Id, cancellationToken);
        var sent = rows.Sent.Values.Select(row => row.Value).ToDictionary(message => message.Notice.Id);
        List<InvoiceCase> cases = [];
        var left = MaxBytes;
        foreach (var invoice in invoices)
        {
            var one = await ReadInvoiceAsync(context, invoice, sent, left, cancellationToken);
            if (one is null)
                return null;
            left -= BytesOf(one);
            cases.Add(one);
        }
        var ids = invoices.Select(invoice => invoice.Id.Invoice).ToHashSet(StringComparer.Ordinal);
        var replies = rows
            .Replies.Values.Where(reply => isWhole || reply.InvoiceIds.Any(ids.Contains))
            .OrderBy(reply => reply.At);
        return new CustomerCase(customer, cases, [.. replies], context.Now, context.Today);
    }

    private async Task<InvoiceCase?> ReadInvoiceAsync(
        DunningContext context,
        Invoice invoice,
        IReadOnlyDictionary<NoticeId, SentMessage> sent,
        long left,
        CancellationToken cancellationToken
    )
    {
        if (invoice.SupportingDocuments.Sum(document => (long)document.Size) > left)
            return null;
        var chain = await StoredChain.ReadAsync(receivables, invoice.Id, cancellationToken);
        var events = chain.Readable();
        var ledger = await receivables.ReadEntriesAsync(invoice.Id, cancellationToken);
        List<CaseDocument> files = [];
        foreach (var document in invoice.SupportingDocuments)
            files.Add(new CaseDocument(document, await ReadBlobAsync(document.BlobName, cancellationToken)));
        left -= files.Sum(file => (long)(file.Content?.Length ?? 0));
        if (await ReadMessagesAsync(events, sent, left, cancellationToken) is not { } messages)
            return null;
        var charges = LateCharges.Of(context, invoice, ledger, context.Today);
        var language = Language.For(context.Customer.Locale ?? creditor.Language);
        return new InvoiceCase(
            invoice,
            chain,
            events,
            ledger,
            charges,
            InterestView.Create(invoice, charges, ledger, language),
            files,
            messages
        );
    }

    /// <returns>Null when they have more bytes than are left.</returns>
    private async Task<IReadOnlyList<CaseMessage>?> ReadMessagesAsync(
        IReadOnlyList<InvoiceEvent> events,
        IReadOnlyDictionary<NoticeId, SentMessage> sent,
        long left,
        CancellationToken cancellationToken
    )
    {
        List<CaseMessage> messages = [];
        foreach (var given in events.Where(IsMessage).DistinctBy(e => e.Message!.ArchivedAs))
        {
            var message = await ReadMessageAsync(given, events, sent, cancellationToken);
            left -= BytesOf(message);
            if (left < 0)
                return null;
            messages.Add(message);
        }
        return messages;
    }

    /// <summary>
    /// A message that the provider refused is not kept; a task for the account manager is not meant for others.
    /// </summary>
    private static bool IsMessage(InvoiceEvent e) =>
        e is { Message.ArchivedAs: not null, Kind: EventKind.Sent or EventKind.InDoubt, Tone: not NoticeTone.FollowUp };

    private async Task<CaseMessage> ReadMessageAsync(
        InvoiceEvent given,
        IReadOnlyList<InvoiceEvent> events,
        IReadOnlyDictionary<NoticeId, SentMessage> sent,
        CancellationToken cancellationToken
    )
    {
        var name = given.Message!.ArchivedAs!;
        var ofNotice = events.Where(e => e.Notice == given.Notice).ToList();
        var archived = await archive.ReadAsync(name, cancellationToken);
        List<CaseFile> files = [];
        foreach (var file in (archived?.Content.Files ?? []).Where(file => file.ContentId is null))
        {
            if ((file.Content ?? await ReadBlobAsync(file.BlobName, cancellationToken)) is { } content)
                files.Add(new CaseFile(file.Name, content));
        }
        return new CaseMessage(
            // One that was in doubt may turn out to be sent.
            ofNotice.LastOrDefault(e => e.Kind is EventKind.Sent && e.Message?.ArchivedAs == name) ?? given,
            ofNotice,
            given.Notice is { } notice ? sent.GetValueOrDefault(notice) : null,
            archived,
            files
        );
    }

    private async Task<byte[]?> ReadBlobAsync(string? name, CancellationToken cancellationToken) =>
        name is null ? null : await documents.ReadAsync(name, cancellationToken);

    private static long BytesOf(InvoiceCase one) =>
        one.Documents.Sum(file => (long)(file.Content?.Length ?? 0)) + one.Messages.Sum(BytesOf);

    private static long BytesOf(CaseMessage message) =>
        message.Files.Sum(file => (long)file.Content.Length)
        + (message.Archived?.Content.Text.Length ?? 0)
        + (message.Archived?.Content.Html?.Length ?? 0);
}
