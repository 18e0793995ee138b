using System.Text;
using System.Text.Json;
using Dunning.Http;
using Dunning.Jobs;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Reports;

/// <summary><c>GET /api/reports/{id}</c>: the figures of a report; <c>?format=csv</c> for spreadsheets.</summary>
public sealed class GetReport(JobTable jobs, JobFiles files)
{
    [Function(nameof(GetReport))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "reports/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (await jobs.FindAsync(id, cancellationToken) is not { Value: { Kind: JobKind.Report } job })
            return ApiResult.NotFound("report with this id");
        if (job.State is not JobState.Done || await files.ReadSummaryAsync(job, cancellationToken) is not { } summary)
            return ApiResult.NotPossibleNow(
                "The report is not done",
                $"GET {JobView.AddressOf(id)} says how far it is."
            );
        return request.Query["format"].ToString() switch
        {
            "" or "json" => ApiResult.Json(Encoding.UTF8.GetString(summary)),
            "csv" => ApiResult
                .Csv(ReportCsv.Write(JsonSerializer.Deserialize<Report>(summary, Rows.Json)!))
                .With("Content-Disposition", $"attachment; filename=\"report-{job.CreatedAt:yyyy-MM-dd}.csv\""),
            _ => ApiResult.Invalid(
                "The report cannot be shown",
                [new("#/format", "unknown_value", "write json or csv")]
            ),
        };
    }
}
