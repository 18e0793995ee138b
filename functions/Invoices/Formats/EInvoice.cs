using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>Reads an invoice of EN 16931 by the paths of its syntax.</summary>
internal static class EInvoice
{
    /// <param name="isCreditNote">The root element is that of a credit note.</param>
    public static InvoiceDocument Read(XmlFields xml, EInvoiceSyntax syntax, bool isCreditNote)
    {
        var currency = xml.Required("#/currency", syntax.Currency, Currency);
        var number = xml.Required("#/number", syntax.Number, Folded(64));
        var issueDate = xml.Required("#/issueDate", syntax.IssueDate, XmlDate);
        var amountDue = EInvoiceAmounts.AmountDue(xml, syntax.AmountDue, currency);
        var typeCode = xml.OptionalOrWarn("#/kind", syntax.TypeCode, Line(3));
        var kind = Kind(typeCode, isCreditNote || amountDue.Minor < 0);
        if (kind is InvoiceKind.NoClaim)
            xml.Errors.Warn("#/kind: a document of this type asks for no payment; it is stored and never reminded");
        var instalments = kind is InvoiceKind.Invoice ? EInvoiceTerms.Instalments(xml, syntax, amountDue) : null;
        return new InvoiceDocument
        {
            ExternalId = EInvoiceId.Create(xml.Required("#/externalId", syntax.Seller, Folded(500)), issueDate, number),
            Source = syntax.Source,
            Number = number,
            IssueDate = issueDate,
            DueDate = DueDate(xml, syntax.DueDate, hasParts: instalments is not null),
            AmountDue = amountDue,
            AmountTotal = EInvoiceAmounts.AmountTotal(xml, syntax.AmountTotal, amountDue),
            Kind = kind,
            Status = amountDue.IsZero ? SourceStatus.Paid : SourceStatus.Open,
            Customer = EInvoiceParties.Buyer(xml, syntax),
            Payment = EInvoiceParties.Payment(xml, syntax),
            OrderReference = xml.OptionalOrWarn("#/orderReference", syntax.OrderReference, Folded(128)),
            BuyerReference = xml.OptionalOrWarn("#/buyerReference", syntax.BuyerReference, Folded(128)),
            PaymentTermsText = xml.OptionalOrWarn("#/paymentTermsText", syntax.PaymentTerms, Prose(2000)),
            PrecedingInvoice = xml.OptionalOrWarn("#/precedingInvoice", syntax.PrecedingInvoice, Folded(64)),
            IsCorrection = TypeCodes.IsCorrection(typeCode) ? true : null,
            Discounts = kind is InvoiceKind.Invoice ? EInvoiceTerms.Discounts(xml, syntax, currency, issueDate) : null,
            Taxes = EInvoiceAmounts.Taxes(xml, syntax, currency),
            Instalments = instalments,
            Collection = kind is InvoiceKind.Invoice ? EInvoiceTerms.Collection(xml, syntax) : null,
            Lines = EInvoiceAmounts.Lines(xml, syntax, currency),
            Documents = EInvoiceDocuments.Read(xml, syntax, number),
        };
    }

    private static InvoiceKind Kind(string? typeCode, bool isCredit) =>
        TypeCodes.IsNoClaim(typeCode) ? InvoiceKind.NoClaim
        : isCredit || TypeCodes.IsCredit(typeCode) ? InvoiceKind.CreditNote
        : InvoiceKind.Invoice;

    /// <summary>
    /// With several dates, the latest: before it only a part of the amount is due, and a reminder would be wrong.
    /// </summary>
    private static DateOnly? DueDate(XmlFields xml, string paths, bool hasParts)
    {
        var dates = xml.All("#/dueDate", paths, XmlDate).Distinct().ToList();
        if (dates.Count > 1 && !hasParts)
            xml.Errors.Warn("#/dueDate: the invoice names several due dates; the latest one is used");
        return dates.Count == 0 ? null : dates.Max();
    }
}
