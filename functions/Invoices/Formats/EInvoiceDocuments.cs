using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dunning.Documents;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>
/// The files inside an e-invoice (EN 16931 BG-24, BT-125). Their addresses (BT-124) are not used: a link in an imported
/// document is never followed or shown.
/// </summary>
internal static partial class EInvoiceDocuments
{
    private static readonly FieldError _tooLarge = new(
        "too_large",
        $"a file has at most {SupportingDocument.MaxBytes / 1_000_000} MB; it is not attached to reminders"
    );

    private static readonly FieldError _notADocument = new(
        "not_a_document",
        "it is neither a PDF nor a PNG or JPEG picture; it is not attached to reminders"
    );

    /// <returns>Null for none.</returns>
    public static IReadOnlyList<DocumentSource>? Read(XmlFields xml, EInvoiceSyntax syntax, string? number)
    {
        List<DocumentSource> found = [];
        foreach (var (reference, i) in xml.Each(syntax.Attachment).Select((reference, i) => (reference, i)))
        {
            if (
                found.Count < SupportingDocument.MaxCount
                && Read(reference, i, syntax.AttachmentParts, number) is { } one
            )
                found.Add(one);
        }
        return found.Count > 0 ? found : null;
    }

    private static DocumentSource? Read(XmlFields reference, int index, AttachmentPaths paths, string? number)
    {
        if (reference.Binary(paths.Content) is not { } content)
            return null;
        var pointer = $"#/documents/{index}";
        if (content.Length > SupportingDocument.MaxBytes)
        {
            reference.Errors.LeaveOut(pointer, _tooLarge);
            return null;
        }
        if (FileFormat.Of(content) is not { } type)
        {
            reference.Errors.LeaveOut(pointer, _notADocument);
            return null;
        }
        var id = reference.Optional(paths.Id, TextRules.Folded(100));
        var written = reference.Attribute(paths.Content, "filename", TextRules.Folded(100)) ?? id ?? "document";
        var name = Path.ChangeExtension(FileNames.Clean(written), FileFormat.ExtensionOf(type));
        var about = $"{name} {id} {reference.Optional(paths.Description, TextRules.Folded(200))}";
        return new DocumentSource(TypeOf(about, number), name, Url: null)
        {
            ContentType = type,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Content = content,
        };
    }

    /// <summary>
    /// The codes of BG-24 do not tell the invoice's own picture from a timesheet, so names and descriptions decide.
    /// </summary>
    private static DocumentType TypeOf(string about, string? number) =>
        about switch
        {
            _ when DeliveryNotePattern().IsMatch(about) => DocumentType.DeliveryNote,
            _ when TimesheetPattern().IsMatch(about) => DocumentType.Timesheet,
            _ when ContractPattern().IsMatch(about) => DocumentType.Contract,
            _ when QuotePattern().IsMatch(about) => DocumentType.Quote,
            _ when InvoicePattern().IsMatch(about) || Holds(about, number) => DocumentType.Invoice,
            _ => DocumentType.Other,
        };

    private static bool Holds(string about, string? number) =>
        number is not null
        && Letters(number) is { Length: > 3 } letters
        && Letters(about).Contains(letters, StringComparison.OrdinalIgnoreCase);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("delivery note|lieferschein|bon de livraison|albar[aá]n|f[øo]lgeseddel|surat jalan", Any)]
    private static partial Regex DeliveryNotePattern();

    [GeneratedRegex("timesheet|stundenzettel|stundennachweis|feuille de temps|timeseddel", Any)]
    private static partial Regex TimesheetPattern();

    [GeneratedRegex("contract|vertrag|contrat|contrato|kontrakt|kontrak", Any)]
    private static partial Regex ContractPattern();

    [GeneratedRegex("quote|quotation|angebot|devis|presupuesto|tilbud|penawaran", Any)]
    private static partial Regex QuotePattern();

    [GeneratedRegex(
        "invoice|rechnung|facture|factura|faktura|fattura|factuur|invois|faktur|lasku|счет|счёт|חשבונית",
        Any
    )]
    private static partial Regex InvoicePattern();
}
