using Dunning.Dashboard.Layout;
using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>An invoice in a list.</summary>
/// <param name="Account">Of its customer.</param>
/// <param name="DaysLate">Calendar days since the due date; zero or less when it is not overdue.</param>
/// <param name="State">See <see cref="StateWord"/>.</param>
public sealed record InvoiceRow(Invoice Invoice, CustomerAccount Account, int DaysLate, string State)
{
    public Customer Customer => Account.Customer.Value;

    /// <summary>When the newest message about it was sent, in the customer's zone; null for none.</summary>
    public DateOnly? LastMessage { get; private init; }

    /// <summary>The next message or why none; null for a closed invoice, and before it was looked up.</summary>
    public InvoiceForecast? Forecast { get; init; }

    internal static InvoiceRow Create(DunningRules rules, DateTimeOffset now, CustomerAccount account, Invoice invoice)
    {
        var customer = account.Customer.Value;
        var late = invoice.Closed is null ? rules.Today(customer, now).DayNumber - invoice.DueDate.DayNumber : 0;
        var state = invoice.StateFor(customer);
        return new(invoice, account, late, late > 0 && state is ("open" or "partPaid") ? "overdue" : state)
        {
            LastMessage = customer
                .LastNotices.Values.Where(last => last.NoticeId == invoice.Dunning.ClaimedBy)
                .Select(last => (DateOnly?)last.On)
                .FirstOrDefault(),
        };
    }
}
