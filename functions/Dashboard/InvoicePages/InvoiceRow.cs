using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>An invoice in a list.</summary>
/// <param name="DaysLate">Calendar days since the due date; zero or less when it is not overdue.</param>
/// <param name="State">See <see cref="StateWord"/>.</param>
public sealed record InvoiceRow(Invoice Invoice, Customer Customer, int DaysLate, string State, Outlook Outlook)
{
    /// <summary>When the newest message about it was sent, in the customer's zone; null for none.</summary>
    public DateOnly? LastMessage { get; private init; }

    internal static InvoiceRow Create(DunningContext context, Invoice invoice)
    {
        var late = invoice.Closed is null ? context.Today.DayNumber - invoice.DueDate.DayNumber : 0;
        var state = invoice.StateFor(context.Customer);
        return new(
            invoice,
            context.Customer,
            late,
            late > 0 && state is ("open" or "partPaid") ? "overdue" : state,
            Outlook.Create(context, invoice)
        )
        {
            LastMessage = context
                .Customer.LastNotices.Values.Where(last => last.NoticeId == invoice.Dunning.ClaimedBy)
                .Select(last => (DateOnly?)last.On)
                .FirstOrDefault(),
        };
    }
}
