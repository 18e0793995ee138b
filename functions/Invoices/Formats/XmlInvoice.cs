using System.Xml.Linq;
using Dunning.Http;
using Dunning.Http.Validation;

namespace Dunning.Invoices.Formats;

/// <summary>E-invoices of EN 16931, in UBL or CII.</summary>
internal static class XmlInvoice
{
    private static readonly Dictionary<XName, (EInvoiceSyntax Syntax, bool IsCreditNote)> _roots = new()
    {
        [XName.Get("Invoice", UblInvoice.InvoiceNamespace)] = (UblInvoice.Syntax, false),
        [XName.Get("CreditNote", UblInvoice.CreditNoteNamespace)] = (UblInvoice.Syntax, true),
        [XName.Get("CrossIndustryInvoice", CiiInvoice.Namespace)] = (CiiInvoice.Syntax, false),
    };

    /// <exception cref="UnreadableDocumentException">422 <c>unsupported-document</c>.</exception>
    public static InvoiceReading Read(XDocument document)
    {
        if (document.Root is not { } root || !_roots.TryGetValue(root.Name, out var format))
            throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                "Send a UBL 2.1 Invoice or CreditNote, or a UN/CEFACT CrossIndustryInvoice D16B (XRechnung, "
                    + "Factur-X, ZUGFeRD 2). ZUGFeRD 1.0 and Order-X are not supported."
            );
        var errors = new ValidationErrors();
        var invoice = EInvoice.Read(
            new XmlFields(root, format.Syntax.Prefixes, errors),
            format.Syntax,
            format.IsCreditNote
        );
        Consistency.Check(invoice, errors);
        return InvoiceReading.From(invoice, errors);
    }
}
