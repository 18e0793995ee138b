using System.Xml;
using System.Xml.Linq;
using Dunning.Http;
using Dunning.Http.Validation;

namespace Dunning.Invoices.Formats;

/// <summary>E-invoices of EN 16931 in either of its syntaxes.</summary>
internal static class XmlInvoice
{
    /// <summary>Attached files stand in the document as text: 3.3 million characters were seen.</summary>
    private const int MaxCharacters = 5_000_000;

    private static readonly Dictionary<XName, (EInvoiceSyntax Dialect, bool IsCreditNote)> _roots = new()
    {
        [XName.Get("Invoice", UblInvoice.InvoiceNamespace)] = (UblInvoice.Dialect, false),
        [XName.Get("CreditNote", UblInvoice.CreditNoteNamespace)] = (UblInvoice.Dialect, true),
        [XName.Get("CrossIndustryInvoice", CiiInvoice.Namespace)] = (CiiInvoice.Dialect, false),
    };

    /// <summary>Loads without document type, entities or anything fetched from elsewhere.</summary>
    /// <param name="body">Read to its end, synchronously: a request's body must be buffered first.</param>
    /// <exception cref="UnreadableDocumentException">400 <c>malformed-xml</c>.</exception>
    public static XDocument Load(Stream body)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(body, settings);
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new UnreadableDocumentException(
                400,
                "malformed-xml",
                $"The body is not well-formed XML without a document type and of at most {MaxCharacters} characters: "
                    + $"line {e.LineNumber}, column {e.LinePosition} of it."
            );
        }
    }

    /// <exception cref="UnreadableDocumentException">422 <c>unsupported-document</c>.</exception>
    public static InvoiceReading Read(XDocument document)
    {
        if (document.Root is not { } root || !_roots.TryGetValue(root.Name, out var syntax))
            throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                "Send a UBL 2.1 Invoice or CreditNote, or a UN/CEFACT CrossIndustryInvoice D16B (XRechnung, "
                    + "Factur-X, ZUGFeRD 2). "
                    + "ZUGFeRD 1.0 and Order-X are not read."
            );
        var errors = new ValidationErrors();
        var invoice = EInvoice.Read(
            new XmlFields(root, syntax.Dialect.Prefixes, errors),
            syntax.Dialect,
            syntax.IsCreditNote
        );
        Consistency.Check(invoice, errors);
        return InvoiceReading.From(invoice, errors);
    }
}
