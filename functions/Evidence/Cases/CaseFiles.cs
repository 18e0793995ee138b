using System.Globalization;
using System.Text;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence.Cases;

/// <summary>Makes the files of a pack from what was read.</summary>
internal static class CaseFiles
{
    private const string Summary = "summary.html";
    private const string Debtor = "customer.json";
    private const string Answers = "answers.json";
    private static readonly JsonSerializerOptions _json = new(Rows.Json) { WriteIndented = true, NewLine = "\n" };

    /// <param name="isWhole">A folder for each invoice.</param>
    /// <param name="summary">The page that says what is in the pack.</param>
    public static IReadOnlyList<EvidenceFile> Create(CustomerCase read, bool isWhole, string summary)
    {
        var folders = new PackNames();
        foreach (
            var taken in (string[])[EvidencePath.Manifest, EvidencePath.Signature, Summary, Debtor, Answers, "events"]
        )
            folders.Add(taken, taken);
        return
        [
            Text(Summary, summary),
            Json(Debtor, DebtorView.Create(read.Customer)),
            Json(Answers, read.Replies.Select(reply => AnsweredReplyView.Create(reply, read.Customer.Id)).ToList()),
            .. from one in read.Invoices
            let folder = isWhole ? $"{folders.Add(one.Invoice.Document.Number, "invoice")}/" : ""
            from file in OfInvoice(one, read.Customer, folder)
            select file,
            .. read.Invoices.Select(one => EventLines.Write(one.Invoice.Id, one.Chain.Events)),
        ];
    }

    private static IEnumerable<EvidenceFile> OfInvoice(InvoiceCase one, Customer customer, string folder)
    {
        var (names, documents) = (new PackNames(), new PackNames());
        List<EvidenceFile> messages = [];
        List<DeliveryView> deliveries = [];
        foreach (var message in one.Messages)
        {
            var path = message.Archived is null ? null : $"messages/{names.Add(NameOf(message), "message")}";
            deliveries.Add(DeliveryView.Create(message, path));
            if (path is not null)
                messages.AddRange(OfMessage(message, $"{folder}{path}/"));
        }
        return
        [
            Json($"{folder}invoice.json", InvoiceFileView.Create(one.Invoice, customer)),
            Json($"{folder}payments.json", PaymentsView.Create(one)),
            Json($"{folder}interest.json", one.Interest),
            Json($"{folder}agreements.json", AgreementsView.Create(one)),
            Json($"{folder}deliveries.json", deliveries),
            .. messages,
            .. from file in one.Documents
            where file.Content is not null
            select new EvidenceFile($"{folder}documents/{documents.Add(file.Document.Name, "document")}", file.Content),
        ];
    }

    private static IEnumerable<EvidenceFile> OfMessage(CaseMessage message, string folder)
    {
        var (archived, names) = (message.Archived!, new PackNames());
        yield return Text($"{folder}message.json", Rows.Serialise(archived));
        yield return Text($"{folder}message.txt", archived.Content.Text);
        if (archived.Content.ShownHtml() is { } html)
            yield return Text($"{folder}message.html", html);
        foreach (var file in message.Files)
            yield return new EvidenceFile($"{folder}attachments/{names.Add(file.Name, "attachment")}", file.Content);
    }

    private static string NameOf(CaseMessage message)
    {
        var archived = message.Archived!;
        var at = archived.At.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $"{at}-{archived.Channel.ToString().ToLowerInvariant()}-{archived.Notice}";
    }

    private static EvidenceFile Json<T>(string path, T value)
        where T : notnull => Text(path, JsonSerializer.Serialize(value, _json) + "\n");

    private static EvidenceFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
