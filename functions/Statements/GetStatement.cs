using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Dunning.Statements;

/// <summary>
/// <c>GET /api/customers/{id}/statement?from=&amp;to=</c>: a statement of account as JSON, or as CSV with
/// <c>Accept: text/csv</c> or <c>?format=csv</c>.
/// </summary>
public sealed class GetStatement(ReceivablesTable receivables, DunningRules rules, TimeProvider clock)
{
    private const string Csv = "text/csv";

    [Function(nameof(GetStatement))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "customers/{id}/statement")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (asked, invalid) = StatementRequest.Read(request.Query);
        if (asked is null)
            return invalid!;
        if (request.Query["format"].ToString() is not ("" or "json" or "csv"))
            return ApiResult.Invalid(
                "The format is not valid",
                [new("#/format", "not_one_of", "format: send json or csv, or leave it out")]
            );
        if (await receivables.ReadAsync(new CustomerId(id), cancellationToken) is not { } account)
            return StatementAnswer.NotFound;
        if (StatementAnswer.WhyNone(account.Customer.Value) is { } none)
            return none;
        var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
        var (period, error) = asked.PeriodAt(context.Today);
        if (period is null)
            return error!;
        var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
        var statement = AccountStatement.Create(context, history, period);
        return WantsCsv(request)
            ? ApiResult
                .Csv(StatementCsv.Write(statement))
                .With("Content-Disposition", $"attachment; filename=\"statement-{statement.To:yyyy-MM-dd}.csv\"")
            : ApiResult.Ok(StatementView.Create(context.Customer, statement, PromiseCounts.Of(history.Invoices)));
    }

    private static bool WantsCsv(HttpRequest request) =>
        request.Query["format"].ToString() is { Length: > 0 } format
            ? format == "csv"
            : MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
                && accepted.Any(type => type.MediaType == Csv);
}
