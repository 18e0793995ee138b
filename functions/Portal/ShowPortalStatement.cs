using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal;

/// <summary>
/// <c>GET /api/portal/{token}/statement</c>: the movements of the last twelve months, payments among them.
/// </summary>
public sealed class ShowPortalStatement(PortalRequests requests, ReceivablesTable receivables)
{
    private const int Months = 12;

    [Function(nameof(ShowPortalStatement))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "portal/{token}/statement")]
            HttpRequest request,
        string token,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            token,
            async visit =>
            {
                var account = visit.Account;
                var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
                var period = new StatementPeriod(visit.Context.Today.AddMonths(-Months), To: null);
                return PortalPage.Show<StatementPage>(
                    visit.Page,
                    AccountStatement.Create(visit.Context, history.WithoutUncertain(), period)
                );
            },
            cancellationToken
        );
}
