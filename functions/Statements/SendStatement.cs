using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Statements;

/// <summary>
/// <c>POST /api/customers/{id}/statement</c>, optionally with <c>{"from": "2026-01-01", "to": "2026-03-31"}</c>: plans
/// a statement of account by email. While one waits to be sent, a repetition changes nothing.
/// </summary>
public sealed class SendStatement(ReceivablesTable receivables, CustomerTransactions transactions, DunningRules rules)
{
    [Function(nameof(SendStatement))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "customers/{id}/statement")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (asked, error) = await JsonBody.ReadAsync(
            request,
            StatementRequest.InvalidTitle,
            StatementRequest.Read,
            cancellationToken,
            whenEmpty: StatementRequest.Empty
        );
        if (asked is null)
            return error!;
        var decided = await transactions.RunAsync(
            new CustomerId(id),
            () => ReadAsync(new CustomerId(id), cancellationToken),
            (facts, now) => Decide(facts, asked, now),
            cancellationToken
        );
        return decided?.Answer ?? StatementAnswer.NotFound;
    }

    private async Task<Facts?> ReadAsync(CustomerId id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(id, cancellationToken) is { } account
            ? new(account, await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken))
            : null;

    private Decided Decide(Facts facts, StatementRequest asked, DateTimeOffset now)
    {
        var customer = facts.Account.Customer.Value;
        if (StatementAnswer.WhyNone(customer) is { } none)
            return new(none, null);
        var context = new DunningContext(customer, rules, now);
        var (period, invalid) = asked.PeriodAt(context.Today);
        if (period is null)
            return new(invalid!, null);
        var plan = StatementPlan.Decide(context, facts.Account, facts.History, period);
        return plan.Notice is { } notice
            ? new(Accepted(notice), plan.Transaction)
            : new(NotPossible(plan.Block!.Value), null);
    }

    private static ApiResult Accepted(Notice notice) =>
        ApiResult.Ok(
            new
            {
                notice.CustomerId,
                Notice = notice.Id,
                notice.Period!.From,
                notice.Period.To,
                notice.NotBefore,
            }
        ) with
        {
            Status = StatusCodes.Status202Accepted,
        };

    private static ApiResult NotPossible(DunningBlock block) =>
        ApiResult.NotPossibleNow(
            "The customer cannot be emailed",
            $"No statement is sent: {ReasonText.Of(block)}. GET the statement and send it another way."
        );

    private sealed record Facts(CustomerAccount Account, AccountHistory History);

    /// <param name="Answer">To be returned after the commit.</param>
    private sealed record Decided(ApiResult Answer, CustomerTransaction? Transaction) : IDecision;
}
