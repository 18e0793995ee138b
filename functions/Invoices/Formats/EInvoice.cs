using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>An invoice of EN 16931, by the paths of its syntax.</summary>
internal static class EInvoice
{
    /// <param name="isCreditNote">The root element says so already.</param>
    public static InvoiceDocument Read(XmlFields xml, EInvoiceSyntax at, bool isCreditNote)
    {
        var currency = xml.Required("#/currency", at.Currency, Currency);
        var number = xml.Required("#/number", at.Number, Folded(64));
        var issued = xml.Required("#/issueDate", at.IssueDate, XmlDate);
        var due = EInvoiceAmounts.Due(xml, at.AmountDue, currency);
        var isCredit =
            isCreditNote || due.Minor < 0 || TypeCodes.IsCredit(xml.OptionalOrWarn("#/kind", at.TypeCode, Line(3)));
        return new InvoiceDocument
        {
            ExternalId = EInvoiceId.Create(xml.Required("#/externalId", at.Seller, Folded(500)), issued, number),
            Source = at.Source,
            Number = number,
            IssueDate = issued,
            DueDate = DueDate(xml, at.DueDate),
            AmountDue = due,
            AmountTotal = EInvoiceAmounts.Total(xml, at.AmountTotal, due),
            Kind = isCredit ? InvoiceKind.CreditNote : InvoiceKind.Invoice,
            Status = due.IsZero ? SourceStatus.Paid : SourceStatus.Open,
            Customer = EInvoiceParties.Buyer(xml, at),
            Payment = EInvoiceParties.Payment(xml, at),
            OrderReference = xml.OptionalOrWarn("#/orderReference", at.OrderReference, Folded(128)),
            BuyerReference = xml.OptionalOrWarn("#/buyerReference", at.BuyerReference, Folded(128)),
            PaymentTermsText = xml.OptionalOrWarn("#/paymentTermsText", at.PaymentTerms, Prose(2000)),
            PrecedingInvoice = xml.OptionalOrWarn("#/precedingInvoice", at.PrecedingInvoice, Folded(64)),
            Lines = EInvoiceAmounts.Lines(xml, at, currency),
        };
    }

    /// <summary>
    /// With instalments the amount is due as a whole on the last day only: better late than a wrong reminder.
    /// </summary>
    private static DateOnly? DueDate(XmlFields xml, string paths)
    {
        var days = xml.All("#/dueDate", paths, XmlDate).Distinct().ToList();
        if (days.Count > 1)
            xml.Errors.Warn("#/dueDate: the invoice names several due dates; the last one counts");
        return days.Count == 0 ? null : days.Max();
    }
}
