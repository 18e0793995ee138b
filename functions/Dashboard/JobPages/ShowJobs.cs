using System.Text;
using System.Text.Json.Nodes;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Files;
using Dunning.Jobs;
using Dunning.Payments.BankFiles;
using Dunning.Reports;
using Dunning.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.JobPages;

/// <summary>
/// <c>/api/dashboard/jobs</c>: the forms that begin a job, and the jobs of the last days. <c>do-simulate</c>,
/// <c>do-report</c>, <c>do-import-invoices</c> and <c>do-import-bank</c> begin one; an import is only checked at first.
/// </summary>
public sealed class ShowJobs(
    DashboardRequests requests,
    JobTable jobs,
    SimulateBook simulate,
    CreateReport report,
    ImportInvoiceFile importInvoices,
    ImportBankFile importBank
)
{
    private static readonly string[] _simulationFields = ["from", "until", "payments"];
    private static readonly string[] _reportFields = ["from", "until"];

    private const int MaxUploadBytes = 10 * 1024 * 1024;

    [Function(nameof(ShowJobs))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/jobs")] HttpRequest request,
        CancellationToken cancellationToken
    ) => requests.ShowAsync(request, context => PageAsync(context, [], cancellationToken), cancellationToken);

    [Function("StartSimulation")]
    public Task<IResult> Simulate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-simulate")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                var body = BodyOf(form, _simulationFields);
                return await AnswerAsync(context, await simulate.Run(body, cancellationToken), cancellationToken);
            },
            cancellationToken
        );

    [Function("StartReport")]
    public Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-report")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                var body = BodyOf(form, _reportFields);
                return await AnswerAsync(context, await report.Run(body, cancellationToken), cancellationToken);
            },
            cancellationToken
        );

    [Function("StartInvoiceImport")]
    public Task<IResult> ImportInvoices(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-import-invoices")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.UploadAsync(
            request,
            MaxUploadBytes,
            async (context, form) =>
                await AnswerAsync(
                    context,
                    await importInvoices.Run(
                        ApiCall.CreateUpload(form.File, InvoiceFileTypeOf(form), QueryOf(form)),
                        cancellationToken
                    ),
                    cancellationToken
                ),
            cancellationToken
        );

    [Function("StartBankImport")]
    public Task<IResult> ImportBank(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-import-bank")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.UploadAsync(
            request,
            MaxUploadBytes,
            async (context, form) =>
                await AnswerAsync(
                    context,
                    await importBank.Run(
                        ApiCall.CreateUpload(
                            form.File,
                            HasExtension(form, ".csv") ? "text/csv" : "application/octet-stream",
                            QueryOf(form)
                        ),
                        cancellationToken
                    ),
                    cancellationToken
                ),
            cancellationToken
        );

    private static HttpRequest BodyOf(IReadOnlyDictionary<string, string> form, IEnumerable<string> fields)
    {
        var body = new JsonObject();
        foreach (var name in fields)
        {
            if (form.GetValueOrDefault(name) is { Length: > 0 } text)
                body[name] = text;
        }
        return ApiCall.Create("POST", "", body);
    }

    private static string InvoiceFileTypeOf(PageUpload form) =>
        HasExtension(form, ".ndjson") || HasExtension(form, ".jsonl") ? "application/x-ndjson"
        : Encoding.UTF8.GetString(form.File.AsSpan(0, Math.Min(form.File.Length, 10))).Trim('\uFEFF', ' ', '\n', '\r')
            is ['{' or '[', ..]
            ? "application/json"
        : "text/csv";

    private static bool HasExtension(PageUpload form, string extension) =>
        form.FileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the form says of the file; it is only checked.</summary>
    private static Dictionary<string, string?> QueryOf(PageUpload form)
    {
        var query = form
            .Fields.Where(field => field.Key != FormToken.Field)
            .ToDictionary(field => field.Key, string? (field) => field.Value.Trim(), StringComparer.Ordinal);
        query["dryRun"] = "true";
        return query;
    }

    private async Task<IResult> AnswerAsync(PageContext context, IResult answer, CancellationToken cancellationToken)
    {
        var result = (ApiResult)answer;
        return result.Status == StatusCodes.Status202Accepted
            ? Pages.SeeOther(ShowJob.ToWatch((string)JsonNode.Parse(result.Body!)!["id"]!))
            : await PageAsync(context, ApiCall.ProblemsOf(result), cancellationToken);
    }

    private async Task<IResult> PageAsync(
        PageContext context,
        IReadOnlyList<FieldProblem> problems,
        CancellationToken cancellationToken
    ) =>
        Pages.Show<JobsPage>(
            context,
            new JobList(await jobs.ReadAsync(cancellationToken), problems),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
}

/// <param name="Jobs">The newest first.</param>
/// <param name="Problems">Of the form that was sent.</param>
public sealed record JobList(IReadOnlyList<Job> Jobs, IReadOnlyList<FieldProblem> Problems);
