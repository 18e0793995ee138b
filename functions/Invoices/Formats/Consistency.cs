using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>
/// Rules between the fields of an invoice, checked after each field. Many real documents break the rules about dates
/// and totals although the amount is owed: those are warnings.
/// </summary>
internal static class Consistency
{
    /// <param name="invoice">An invalid field holds <c>default</c>, which violates none of these rules.</param>
    public static void Check(InvoiceDocument invoice, ValidationErrors errors)
    {
        if (invoice.DueDate is { } due && due < invoice.IssueDate)
            errors.Warn(
                $"#/dueDate: {due:yyyy-MM-dd} is before issueDate {invoice.IssueDate:yyyy-MM-dd}; it is used as sent"
            );
        if (invoice.IsRetainer is true && invoice is not { Kind: InvoiceKind.CreditNote, PrecedingInvoice: null })
            errors.Add(
                "#/isRetainer",
                "not_a_credit",
                "Money paid in advance is sent with kind \"creditNote\" and without precedingInvoice"
            );
        if (invoice.Kind is not InvoiceKind.Invoice)
            return;
        // Parts that are paid already may be named, too: then they add up to the total.
        if (
            invoice.Instalments is { } parts
            && parts.All(part => part.Amount.Currency == invoice.AmountDue.Currency)
            && parts.Select(part => part.Amount).Aggregate((a, b) => a + b) is var sum
            && sum != invoice.AmountDue
            && sum != invoice.AmountTotal
        )
            errors.Add(
                "#/instalments",
                "sum_differs",
                $"The instalments add up to {sum}: send parts that add up to amountDue {invoice.AmountDue} or to "
                    + "amountTotal"
            );
        if (invoice.AmountDue.Minor < 0)
            errors.Add(
                "#/amountDue",
                "negative_amount",
                "amountDue is negative; send 0 or more, or kind \"creditNote\""
            );
        if (
            invoice.AmountTotal is { } total
            && total.Currency == invoice.AmountDue.Currency
            && total < invoice.AmountDue
        )
            errors.Warn(
                $"#/amountTotal: {total} is less than amountDue {invoice.AmountDue}; amountDue is what is asked for"
            );
    }
}
