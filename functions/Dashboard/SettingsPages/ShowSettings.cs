using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Monitoring;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.SettingsPages;

/// <summary>
/// <c>GET /api/dashboard/settings</c>: what is set and what is not, whether all jobs run, and stop and start.
/// </summary>
public sealed class ShowSettings(
    DashboardRequests requests,
    HealthCheck health,
    ReceivablesTable receivables,
    SettingsLines lines
)
{
    [Function(nameof(ShowSettings))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/settings")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                Pages.Show<SettingsPage>(
                    context,
                    new SettingsCheck(
                        await health.CheckAsync(cancellationToken),
                        [.. lines.All, .. await lines.ReadDomainAsync(cancellationToken)],
                        await receivables.Sending.ReadAsync(cancellationToken),
                        request.Query["done"]
                    )
                    {
                        SmsCountries = lines.SmsCountries,
                    }
                ),
            cancellationToken
        );
}
