using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>Rules between the fields of an invoice, checked after each field.</summary>
internal static class Consistency
{
    /// <param name="invoice">An invalid field holds <c>default</c>, which violates none of these rules.</param>
    public static void Check(InvoiceDocument invoice, ValidationErrors errors)
    {
        if (invoice.DueDate is { } due && due < invoice.IssueDate)
            errors.Add(
                "#/dueDate",
                "before_issue_date",
                $"dueDate {due:yyyy-MM-dd} is before issueDate {invoice.IssueDate:yyyy-MM-dd}; correct one of them"
            );
        if (invoice.Kind == InvoiceKind.CreditNote)
            return;
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
            errors.Add(
                "#/amountTotal",
                "less_than_amount_due",
                $"amountTotal {total} is less than amountDue {invoice.AmountDue}; correct one of them"
            );
    }
}
