using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>
/// Makes a change that a person asked for. After the answer, no reminder can be sent that the change does not allow.
/// </summary>
public sealed class RequestedChanges(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    InFlightReminders inFlight
)
{
    /// <summary>Changes one invoice, open or closed.</summary>
    internal async Task<ApiResult> RunAsync(
        string id,
        Func<DunningContext, Versioned<Invoice>, ChangeDecision> decide,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoiceId))
            return ApiResult.NotFound("invoice with this id");
        var decision = await transactions.RunAsync(
            invoiceId.Customer,
            () => ReadAsync(invoiceId, cancellationToken),
            (facts, now) =>
                decide(new DunningContext(facts.Customer, rules, now), facts.Invoice) with
                {
                    Customer = facts.Customer,
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
            ? new Facts(invoice, account.Customer.Value)
            : null;

    private sealed record Facts(Versioned<Invoice> Invoice, Customer Customer);
}
