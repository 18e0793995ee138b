using Dunning.Http;
using Dunning.Jobs;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Reports;

/// <summary>
/// <c>POST /api/reports</c>: what is owed and for how long, what each step brought, promises, charges and the cost of
/// text messages, for a span of days. A job: its summary has the figures, <c>GET /api/reports/{id}</c> also as CSV.
/// </summary>
public sealed class CreateReport(JobStart jobs, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(CreateReport))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "reports")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (body, unreadable) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        if (unreadable is not null)
            return unreadable;
        var (report, error) = ReportRequest.Read(body, rules.CreditorToday(clock.GetUtcNow()));
        return report is null ? error! : await jobs.RunAsync(JobKind.Report, report, cancellationToken);
    }
}
