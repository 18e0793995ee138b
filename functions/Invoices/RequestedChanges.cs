using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Invoices;

/// <summary>
/// Makes a change that a person asked for. After the answer, no reminder can be sent that the change does not allow.
/// </summary>
public sealed class RequestedChanges(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    InFlightReminders inFlight,
    TimeProvider clock
)
{
    /// <summary>Changes one invoice, open or closed, as the JSON of the request says.</summary>
    internal async Task<IResult> RunAsync(
        HttpRequest request,
        string id,
        ChangeRequest change,
        CancellationToken cancellationToken
    )
    {
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        if (error is not null)
            return error;
        var (decide, invalid) = change.Read(body);
        return decide is null ? invalid! : await RunAsync(id, decide, cancellationToken);
    }

    /// <summary>Decides and commits nothing: what a page shows before a person confirms the change.</summary>
    /// <returns>Null when there is no such invoice.</returns>
    internal async Task<(DunningContext Context, CustomerAccount Account, ChangeDecision Decision)?> PreviewAsync(
        string id,
        DecideChange decide,
        CancellationToken cancellationToken
    )
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId) || await ReadAsync(invoiceId, cancellationToken) is not { } facts
        )
            return null;
        var context = new DunningContext(facts.Account.Customer.Value, rules, clock.GetUtcNow());
        return (context, facts.Account, decide(context, facts.Invoice));
    }

    /// <summary>Changes one invoice, open or closed.</summary>
    internal async Task<ApiResult> RunAsync(string id, DecideChange decide, CancellationToken cancellationToken)
    {
        if (!InvoiceId.TryParse(id, out var invoiceId))
            return ApiResult.NotFound("invoice with this id");
        var decision = await transactions.RunAsync(
            invoiceId.Customer,
            () => ReadAsync(invoiceId, cancellationToken),
            (facts, now) =>
                decide(new DunningContext(facts.Account.Customer.Value, rules, now), facts.Invoice) with
                {
                    Customer = facts.Account.Customer.Value,
                },
            cancellationToken
        );
        return decision is null
            ? ApiResult.NotFound("invoice with this id")
            : await AnswerAsync(decision, isOfCustomer: false, cancellationToken);
    }

    /// <summary>Changes open invoices of one customer.</summary>
    internal async Task<ApiResult> RunAsync(
        CustomerId id,
        Func<DunningContext, CustomerAccount, ChangeDecision> decide,
        CancellationToken cancellationToken
    )
    {
        var decision = await transactions.RunAsync(
            id,
            (context, account) => decide(context, account) with { Customer = context.Customer },
            cancellationToken
        );
        return decision is null
            ? ApiResult.NotFound("customer with this id")
            : await AnswerAsync(decision, isOfCustomer: true, cancellationToken);
    }

    private async Task<ApiResult> AnswerAsync(
        ChangeDecision decision,
        bool isOfCustomer,
        CancellationToken cancellationToken
    )
    {
        if (decision.Error is { } error)
            return error;
        IReadOnlyList<InvoiceId> ids = [.. decision.Invoices.Select(invoice => invoice.Id)];
        if (decision.StopsReminders && await inFlight.WaitAsync(ids, cancellationToken) is { Count: > 0 })
            return ApiResult.ReminderInFlight();
        return ApiResult.Ok(
            isOfCustomer
                ? new
                {
                    Invoices = decision.Invoices.Select(i => ChangeAnswer.Create(i, decision with { Warnings = [] })),
                    decision.Warnings,
                }
                : ChangeAnswer.Create(decision.Invoices[0], decision)
        );
    }

    private async Task<Facts?> ReadAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
        && await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is { } account
            ? new Facts(invoice, account)
            : null;

    private sealed record Facts(Versioned<Invoice> Invoice, CustomerAccount Account);
}
