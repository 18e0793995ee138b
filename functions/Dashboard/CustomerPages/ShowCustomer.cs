using Dunning.Customers;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary><c>GET /api/dashboard/customers/{id}</c>: everything before a call.</summary>
public sealed class ShowCustomer(
    DashboardRequests requests,
    ReceivablesTable receivables,
    Forecasts forecasts,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <summary>How far back the statement on the page goes.</summary>
    private const int StatementMonths = 3;

    [Function(nameof(ShowCustomer))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/customers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await receivables.ReadAsync(new CustomerId(id), cancellationToken) is { } account
                    ? Pages.Show<CustomerPage>(
                        context,
                        await ReadAsync(account, context.Stop is not null, cancellationToken) with
                        {
                            Done = request.Query["done"],
                        }
                    )
                    : DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound"),
            cancellationToken
        );

    private async Task<CustomerSummary> ReadAsync(
        CustomerAccount account,
        bool isStopped,
        CancellationToken cancellationToken
    )
    {
        var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
        var forecast = await forecasts.ReadAsync(account, isStopped, cancellationToken);
        return new CustomerSummary(
            CustomerRow.Create(rules, context.Now, account).LookAhead(forecast),
            await requests.TryReadAsync(() => ReadHistoryAsync(context, account, cancellationToken), cancellationToken),
            await requests.TryReadAsync(() => ReadEventsAsync(account.Id, cancellationToken), cancellationToken),
            Done: null
        )
        {
            Coming = forecast.Messages,
            Replies = await requests.TryReadAsync(
                () => ReadRepliesAsync(account.Id, cancellationToken),
                cancellationToken
            ),
        };
    }

    private async Task<CustomerHistory> ReadHistoryAsync(
        DunningContext context,
        CustomerAccount account,
        CancellationToken cancellationToken
    )
    {
        var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
        var period = new StatementPeriod(context.Today.AddMonths(-StatementMonths), null);
        return new CustomerHistory(
            AccountStatement.Create(context, history, period),
            BehaviourView.Create(PayerBehaviour.Of(context, history))
        );
    }

    private async Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(CustomerId id, CancellationToken cancellationToken)
    {
        var events = await receivables.ReadEventsAsync(id, cancellationToken);
        return [.. events.OrderByDescending(e => e.At).Take(CustomerSummary.MaxEvents)];
    }

    private async Task<IReadOnlyList<Reply>> ReadRepliesAsync(CustomerId id, CancellationToken cancellationToken)
    {
        var replies = await receivables.ReadRepliesAsync(id, cancellationToken);
        return
        [
            .. replies
                .Select(reply => reply.Value)
                .OrderByDescending(reply => reply.At)
                .Take(CustomerSummary.MaxReplies),
        ];
    }
}
