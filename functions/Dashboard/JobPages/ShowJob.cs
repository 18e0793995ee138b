using System.Text;
using System.Text.Json;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.Layout;
using Dunning.Http;
using Dunning.Invoices.Files;
using Dunning.Jobs;
using Dunning.Payments.BankFiles;
using Dunning.Receivables.Storage;
using Dunning.Reports;
using Dunning.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.JobPages;

/// <summary>
/// <c>/api/dashboard/jobs/{id}</c>: how far a job is and what it has found; <c>/result</c> are all its lines,
/// <c>/report.csv</c> the figures of a report.
/// <c>do-import/{id}</c> does what was only checked, <c>do-stop-job/{id}</c> ends it.
/// </summary>
public sealed class ShowJob(
    DashboardRequests requests,
    JobTable jobs,
    JobFiles files,
    JobStart start,
    CancelJob cancel,
    GetJobResult result,
    GetReport report
)
{
    /// <summary>Of what a person should look at; all lines are in the file.</summary>
    private const int MaxLines = 100;

    [Function(nameof(ShowJob))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                if (await jobs.FindAsync(id, cancellationToken) is not { Value: var job })
                    return NotFound(context);
                // Only where the reader wants it, and can turn it off (WCAG 2.2, 3.2.5).
                var isWatched = request.Query["watch"] == "true";
                if (isWatched && !job.IsOver)
                    request.HttpContext.Response.Headers["Refresh"] = "3";
                return Pages.Show<JobPage>(
                    context,
                    await ReadAsync(job, cancellationToken) with
                    {
                        IsWatched = isWatched,
                    }
                );
            },
            cancellationToken
        );

    /// <summary>The page that the browser asks for again until the job is over.</summary>
    internal static string ToWatch(string id) => Pages.With(Pages.Of($"jobs/{id}"), "watch", "true");

    [Function("ShowJobResult")]
    public Task<IResult> Result(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/jobs/{id}/result")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                // An export holds more than the pages show: it takes the master key.
                await jobs.FindAsync(id, cancellationToken) is { Value.Kind: not JobKind.Export }
                && await result.Run(request, id, cancellationToken) is var answer
                && answer is not ApiResult
                    ? answer
                    : NotFound(context),
            cancellationToken
        );

    [Function("ShowReportAsCsv")]
    public Task<IResult> ReportAsCsv(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/jobs/{id}/report.csv")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var query = new Dictionary<string, string?> { ["format"] = "csv" };
                var answer = await report.Run(ApiCall.CreateGet(query), id, cancellationToken);
                return answer is ApiResult { Status: StatusCodes.Status200OK } ? answer : NotFound(context);
            },
            cancellationToken
        );

    [Function("ImportCheckedFile")]
    public Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-import/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, _) =>
            {
                if (await jobs.FindAsync(id, cancellationToken) is not { Value: { State: JobState.Done } job })
                    return NotFound(context);
                var begun = job.Kind switch
                {
                    JobKind.InvoiceFile => await start.CreateAsync(
                        job.Kind,
                        await files.ReadInputAsync<InvoiceFileInput>(id, cancellationToken) with
                        {
                            IsDryRun = false,
                        },
                        cancellationToken
                    ),
                    JobKind.BankFile => await start.CreateAsync(
                        job.Kind,
                        await files.ReadInputAsync<BankFileInput>(id, cancellationToken) with
                        {
                            IsDryRun = false,
                        },
                        cancellationToken
                    ),
                    _ => null,
                };
                return begun is null ? NotFound(context) : Pages.SeeOther(ToWatch(begun.Id));
            },
            cancellationToken
        );

    [Function("StopJob")]
    public Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-stop-job/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, _) =>
                await cancel.Run(request, id, cancellationToken) is ApiResult { Status: StatusCodes.Status404NotFound }
                    ? NotFound(context)
                    : Pages.SeeOther(Pages.Of($"jobs/{id}")),
            cancellationToken
        );

    private static IResult NotFound(PageContext context) =>
        DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");

    private async Task<JobDetails> ReadAsync(Job job, CancellationToken cancellationToken)
    {
        var details = new JobDetails(job);
        if (await files.ReadSummaryAsync(job, cancellationToken) is not { } summary)
            return details;
        return job.Kind switch
        {
            JobKind.Simulation => details with { Simulation = Read<SimulationSummary>(summary) },
            JobKind.BankFile => details with
            {
                BankFile = Read<BankFileSummary>(summary),
                Movements = await LinesAsync<BankFileLine>(
                    job,
                    line => line.Outcome is BankOutcome.Suggested or BankOutcome.Left or BankOutcome.Unreadable,
                    cancellationToken
                ),
            },
            JobKind.InvoiceFile => details with
            {
                InvoiceFile = Read<InvoiceFileSummary>(summary),
                Invoices = await LinesAsync<InvoiceFileLine>(
                    job,
                    line => line.Message is not null || line.Invoice is { Problems.Count: > 0 } or { Why: not null },
                    cancellationToken
                ),
            },
            JobKind.Report => details with { Report = Read<Report>(summary) },
            _ => details,
        };
    }

    private async Task<IReadOnlyList<TLine>> LinesAsync<TLine>(
        Job job,
        Func<TLine, bool> isShown,
        CancellationToken cancellationToken
    )
    {
        List<TLine> lines = [];
        await foreach (var part in files.ReadPartsAsync(job, cancellationToken))
        {
            lines.AddRange(
                Encoding
                    .UTF8.GetString(part)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<TLine>(line, Rows.Json)!)
                    .Where(isShown)
                    .Take(MaxLines - lines.Count)
            );
            if (lines.Count == MaxLines)
                break;
        }
        return lines;
    }

    private static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Rows.Json)!;
}

/// <summary>A job and what it has found, as far as it is; of its kind one part is set.</summary>
public sealed record JobDetails(Job Job)
{
    public SimulationSummary? Simulation { get; init; }
    public BankFileSummary? BankFile { get; init; }
    public InvoiceFileSummary? InvoiceFile { get; init; }
    public Report? Report { get; init; }

    /// <summary>The first ones that a person has to look at.</summary>
    public IReadOnlyList<BankFileLine> Movements { get; init; } = [];

    /// <summary>The first ones that were not stored, and messages.</summary>
    public IReadOnlyList<InvoiceFileLine> Invoices { get; init; } = [];

    /// <summary>The page asks again by itself.</summary>
    public bool IsWatched { get; init; }

    /// <summary>A file that was only checked.</summary>
    public bool IsOnlyChecked => BankFile is { DryRun: true } || InvoiceFile is { DryRun: true };
}
