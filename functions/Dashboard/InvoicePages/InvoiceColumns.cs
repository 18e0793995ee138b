using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>The columns of an exported list of invoices. Codes as in the API, not words.</summary>
internal static class InvoiceColumns
{
    public static readonly IReadOnlyList<CsvColumn<InvoiceRow>> All =
    [
        new("number", row => row.Invoice.Document.Number),
        new("customer", row => row.Customer.Name),
        new("customerId", row => row.Customer.Id),
        new("issueDate", row => row.Invoice.Document.IssueDate),
        new("dueDate", row => row.Invoice.DueDate),
        new("daysLate", row => row.DaysLate),
        new("currency", row => row.Invoice.OpenAmount.Currency),
        new("amount", row => row.Invoice.Payments.OriginalAmount),
        new("balance", row => row.Invoice.OpenAmount),
        new("state", row => row.State),
        new("nextMessage", row => row.Forecast?.Next?.On),
        new("nextStep", row => row.Forecast?.Next?.Step),
        new("whyNone", row => Forecasts.SilenceOf(row.Forecast)),
        new("lastMessage", row => row.LastMessage),
    ];
}
