using System.Text;
using Dunning.Documents;
using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// The files of a message that asks for money: the documents of its invoices that their policy steps name, as many as
/// the provider takes, and the whole list where the message names only its first invoices. All are stored: no other
/// server is waited for.
/// </summary>
public sealed class MessageAttachments(DocumentStore documents, DunningRules rules)
{
    private const int MaxFiles = 20;

    /// <returns>The content with the names of the files, and with links to those that are not attached.</returns>
    internal async Task<(NoticeContent Content, IReadOnlyList<MessageFile> Files)> ReadAsync(
        SendRequest request,
        NoticeContent content,
        CancellationToken cancellationToken
    )
    {
        if (!content.AsksForMoney)
            return (content, []);
        List<MessageFile> files = [];
        if (content.Invoices.Count > NoticeContent.MaxListed)
            files.Add(WholeList(content));
        var (bytes, links) = (0, new List<LetterLink>());
        foreach (var document in DocumentsOf(request, content.FormalLetter?.Enclosures ?? []))
        {
            var fits = files.Count < MaxFiles && bytes + document.Size <= SupportingDocument.MaxBytes;
            if (
                fits
                && document.BlobName is { } blob
                && await documents.ReadAsync(blob, cancellationToken) is { } stored
            )
            {
                bytes += stored.Length;
                files.Add(
                    MessageFile.Create(NameOf(document, files), document.ContentType!, stored) with
                    {
                        BlobName = blob,
                    }
                );
            }
            else if (document.Url is { } url)
                links.Add(new(document.Name, url));
        }
        // The invoice's own address is beside the invoice.
        var own = content.Invoices.Select(invoice => invoice.DocumentUrl).ToHashSet();
        return (
            content with
            {
                Attached = [.. files.Select(file => file.Name)],
                DocumentLinks = [.. links.Where(link => link.Url is not null && !own.Contains(link.Url))],
            },
            files
        );
    }

    /// <summary>Those of the most urgent invoices first.</summary>
    /// <param name="enclosures">What the law wants to be attached, whatever the step names.</param>
    private IEnumerable<SupportingDocument> DocumentsOf(SendRequest request, IReadOnlyList<DocumentType> enclosures) =>
        from invoice in request.Check.Invoices.Take(NoticeContent.MaxListed)
        from line in request.Notice.Lines.Where(line => line.InvoiceId == invoice.Value.Id.Invoice).Take(1)
        let attach = rules.Policies.Of(invoice.Value).Find(line.Step)?.Attach ?? []
        from document in invoice.Value.SupportingDocuments
        where attach.Concat(enclosures).Contains(document.Type)
        orderby enclosures.Contains(document.Type) descending
        select document;

    /// <summary>Files of the same name would be taken for one.</summary>
    private static string NameOf(SupportingDocument document, IReadOnlyList<MessageFile> others)
    {
        var name = document.Name;
        for (var n = 2; others.Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)); n++)
            name = $"{Path.GetFileNameWithoutExtension(document.Name)}-{n}{Path.GetExtension(document.Name)}";
        return name;
    }

    /// <summary>With the headings of the customer's language, and figures as a spreadsheet reads them.</summary>
    private static MessageFile WholeList(NoticeContent content)
    {
        var labels = content.Language.Labels;
        var csv = Csv.Write(
            [
                labels[LabelKey.InvoiceNumber],
                labels[LabelKey.Issued],
                labels[LabelKey.DueDate],
                labels[LabelKey.AmountDue],
                labels[LabelKey.Currency],
                labels[LabelKey.PaymentReference],
            ],
            content.Invoices.Select(invoice =>
                (IEnumerable<object?>)
                    [
                        invoice.Number,
                        invoice.IssueDate,
                        invoice.DueDate,
                        invoice.OpenAmount,
                        invoice.OpenAmount.Currency,
                        invoice.Bank?.PaymentReference?.Printed ?? invoice.Number,
                    ]
            )
        );
        return MessageFile.Create("list.csv", "text/csv", Encoding.UTF8.GetBytes(csv));
    }
}
