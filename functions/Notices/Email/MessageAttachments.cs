using System.Text;
using Dunning.Documents;
using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Email;

/// <summary>
/// The files of a message that asks for money: the documents of its invoices that their policy steps name, as many as
/// the provider takes, and the whole list where the message names only its first invoices. All are stored: no other
/// server is waited for.
/// </summary>
public sealed class MessageAttachments(DocumentStore documents, DunningRules rules)
{
    private const int MaxFiles = 20;

    internal async Task<IReadOnlyList<MessageFile>> ReadAsync(
        SendRequest request,
        NoticeContent content,
        CancellationToken cancellationToken
    )
    {
        if (!content.AsksForMoney)
            return [];
        List<MessageFile> files = [];
        if (content.Invoices.Count > NoticeContent.MaxListed)
            files.Add(WholeList(content));
        foreach (var document in Select(request))
        {
            if (await documents.ReadAsync(document.BlobName!, cancellationToken) is { } bytes)
                files.Add(
                    MessageFile.Create(NameOf(document, files), document.ContentType!, bytes) with
                    {
                        BlobName = document.BlobName,
                    }
                );
        }
        return files;
    }

    /// <summary>Those of the most urgent invoices first; one that does not fit is left to its link.</summary>
    private IEnumerable<SupportingDocument> Select(SendRequest request)
    {
        var (bytes, count) = (0, 0);
        foreach (var document in request.Check.Invoices.Take(NoticeContent.MaxListed).SelectMany(DocumentsOf))
        {
            if (count == MaxFiles || bytes + document.Size > DocumentStore.MaxBytes)
                continue;
            (bytes, count) = (bytes + document.Size, count + 1);
            yield return document;
        }

        IEnumerable<SupportingDocument> DocumentsOf(Versioned<Invoice> invoice)
        {
            var line = request.Notice.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Value.Id.Invoice);
            var step = line is null ? null : rules.Policies.Of(invoice.Value).Find(line.Step);
            return step is null
                ? []
                : invoice.Value.Documents.Where(file => file.BlobName is not null && step.Attach.Contains(file.Type));
        }
    }

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
                "ISO 4217",
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
