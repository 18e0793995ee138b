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
        var context = ContextOf(facts.OfCustomer, clock.GetUtcNow());
        return (
            context,
            facts.OfCustomer.Account,
            Decide(context, facts.OfCustomer, asked => decide(asked, facts.Invoice))
        );
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
                Decide(ContextOf(facts.OfCustomer, now), facts.OfCustomer, context => decide(context, facts.Invoice)),
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
            () => ReadAsync(id, cancellationToken),
            (facts, now) => Decide(ContextOf(facts, now), facts, context => decide(context, facts.Account)),
            cancellationToken
        );
        return decision is null
            ? ApiResult.NotFound("customer with this id")
            : await AnswerAsync(decision, isOfCustomer: true, cancellationToken);
    }

    /// <summary>
    /// Decides. Replies in which the customer asked for what is granted are done: reminders do not wait for another
    /// answer.
    /// </summary>
    private static ChangeDecision Decide(
        DunningContext context,
        CustomerFacts facts,
        Func<DunningContext, ChangeDecision> decide
    )
    {
        var decision = decide(context) with { Customer = context.Customer };
        if (decision is not { Granted: { } granted, Transaction: not null })
            return decision;
        var answered = facts
            .Replies.Where(reply => reply.Value.IsOpen && reply.Value.Meaning == granted.Asked)
            .Where(reply => IsGranted(reply.Value, facts.Account, decision.Invoices))
            .Take(GrantedRequest.MaxReplies)
            .ToList();
        if (answered.Count == 0)
            return decision;
        // Once more, without these replies: with them, the invoices would get no next step.
        var customer = context.Customer.WithoutOpenReplies(open => answered.Exists(reply => reply.Value.Id == open.Id));
        decision = decide(context with { Customer = customer }) with { Customer = context.Customer };
        decision.Transaction!.Complete(facts.Account, answered, new NoteDone(context.Now, granted.By));
        return decision;
    }

    /// <summary>What was asked for several invoices is done when something is agreed on each of them.</summary>
    private static bool IsGranted(Reply reply, CustomerAccount account, IReadOnlyList<Invoice> granted) =>
        reply.InvoiceIds.Count == 0
        || (
            granted.Any(invoice => reply.InvoiceIds.Contains(invoice.Id.Invoice))
            && reply.InvoiceIds.All(id =>
                granted.Any(invoice => invoice.Id.Invoice == id)
                || account.Invoice(id) is not { } open
                || open.Value.Agreements.IsAgreedSince(reply.At)
            )
        );

    private DunningContext ContextOf(CustomerFacts facts, DateTimeOffset now) =>
        new(facts.Account.Customer.Value, rules, now);

    private async Task<ApiResult> AnswerAsync(
        ChangeDecision decision,
        bool isOfCustomer,
        CancellationToken cancellationToken
    )
    {
        if (decision.Error is { } error)
            return error;
        // Reminders of other invoices waited for the answer, too. Also when it was granted before: the first request
        // may have stopped after its commit.
        if (decision is { Granted: not null, Customer: { } customer })
            await transactions.RepeatAsync(customer.Id, StepRecalculation.Decide, cancellationToken);
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

    private async Task<InvoiceFacts?> ReadAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
        && await ReadAsync(invoice.Value.Id.Customer, cancellationToken) is { } ofCustomer
            ? new InvoiceFacts(invoice, ofCustomer)
            : null;

    private async Task<CustomerFacts?> ReadAsync(CustomerId id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(id, cancellationToken) is { } account
            ? new CustomerFacts(
                account,
                account.Customer.Value.AwaitsAnswer
                    ? await receivables.ReadRepliesAsync(account.Id, cancellationToken)
                    : []
            )
            : null;

    /// <param name="Replies">Read only while the customer waits for an answer.</param>
    private sealed record CustomerFacts(CustomerAccount Account, IReadOnlyList<Versioned<Reply>> Replies);

    private sealed record InvoiceFacts(Versioned<Invoice> Invoice, CustomerFacts OfCustomer);
}
