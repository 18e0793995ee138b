using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.Layout;
using Dunning.Explanations;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.InvoicePages;

/// <summary><c>GET /api/dashboard/invoices/{id}</c>: what happened, why, and what comes next.</summary>
public sealed class ShowInvoice(
    DashboardRequests requests,
    ReceivablesTable receivables,
    InvoiceActions actions,
    Forecasts forecasts,
    DayDecisionReader why,
    DunningRules rules,
    TimeProvider clock
)
{
    [Function(nameof(ShowInvoice))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await ReadAsync(id, context.Stop is not null, cancellationToken) is { } details
                    ? Pages.Show<InvoicePage>(
                        context,
                        details with
                        {
                            Done = request.Query["done"],
                            Why = await ExplainAsync(details.Invoice.Id, request.Query["on"], cancellationToken),
                        }
                    )
                    : DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound"),
            cancellationToken
        );

    /// <param name="on">Today when it is no date.</param>
    private async Task<DayDecision?> ExplainAsync(InvoiceId id, string? on, CancellationToken cancellationToken)
    {
        if (await why.ReadHistoryAsync(id, cancellationToken) is not { } history)
            return null;
        var day = DateOnly.TryParseExact(on, "yyyy-MM-dd", out var asked) ? asked : history.Today;
        return day <= history.Today ? DayDecision.Decide(history, day) : null;
    }

    private async Task<InvoiceDetails?> ReadAsync(string id, bool isStopped, CancellationToken cancellationToken)
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { } invoice
            || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
        )
            return null;
        var forecast = await forecasts.ReadAsync(account, isStopped, cancellationToken);
        var events = await receivables.ReadEventsAsync(invoice.Value.Id, cancellationToken);
        var ledger = await receivables.ReadEntriesAsync(invoice.Value.Id, cancellationToken);
        var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
        return new InvoiceDetails(
            InvoiceRow.Create(rules, clock.GetUtcNow(), account, invoice.Value) with
            {
                Forecast = forecast.Invoices.FirstOrDefault(one => one.Invoice == invoice.Value.Id),
            },
            [.. events.Reverse()],
            [.. ledger.OrderBy(entry => entry.OccurredAt)],
            [.. actions.All.Where(action => action.IsOffered(context, invoice.Value)).Select(action => action.Name)],
            Done: null
        )
        {
            Charges = ChargeDetails.Create(context, invoice.Value, ledger),
            Coming =
            [
                .. forecast.Messages.Where(message => message.Items.Any(item => item.Invoice == invoice.Value.Id)),
            ],
        };
    }
}
