using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/{id}/hold</c>, <c>/resume</c>, <c>/dispute</c> and <c>/void</c>. Repeating a change has no
/// further effect.
/// </summary>
public sealed class ChangeInvoice(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    InFlightReminders inFlight,
    TimeProvider clock
)
{
    [Function("HoldInvoice")]
    public Task<IResult> Hold(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/hold")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ChangeAsync(request, id, InvoiceChanges.Hold, cancellationToken);

    [Function("ResumeInvoice")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ChangeAsync(request, id, InvoiceChanges.Resume, cancellationToken);

    [Function("DisputeInvoice")]
    public Task<IResult> Dispute(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/dispute")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ChangeAsync(request, id, InvoiceChanges.Dispute, cancellationToken);

    [Function("VoidInvoice")]
    public Task<IResult> Void(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/void")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ChangeAsync(request, id, InvoiceChanges.Void, cancellationToken);

    private async Task<IResult> ChangeAsync(
        HttpRequest request,
        string id,
        InvoiceChange change,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoiceId))
            return ApiResult.NotFound("invoice with this id");
        var (reading, error) = await JsonBody.ReadAsync(
            request,
            InvoiceAnswer.InvalidTitle,
            InvoiceChangeReading.Read,
            cancellationToken,
            whenEmpty: InvoiceChangeReading.Empty
        );
        return reading is null ? error! : await ChangeAsync(invoiceId, reading, change, cancellationToken);
    }

    private async Task<IResult> ChangeAsync(
        InvoiceId id,
        InvoiceChangeReading reading,
        InvoiceChange change,
        CancellationToken cancellationToken
    )
    {
        var decided = await transactions.RunAsync(
            id.Customer,
            () => ReadAsync(id, cancellationToken),
            (facts, now) => Decide(facts, reading, change, now),
            cancellationToken
        );
        if (decided is not { Error: null, Updated: { } updated })
            return decided?.Error ?? ApiResult.NotFound("invoice with this id");
        return
            updated.BlockAt(clock.GetUtcNow()) is not null
            && await inFlight.WaitAsync([updated.Id], cancellationToken) is { Count: > 0 }
            ? ApiResult.ReminderInFlight()
            : ApiResult.Ok(
                new
                {
                    Id = updated.Id.ToString(),
                    State = updated.StateFor(decided.Customer),
                    NextStep = updated.Dunning.Next,
                }
            );
    }

    private async Task<Facts?> ReadAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
        && await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is { } account
            ? new Facts(invoice, account.Customer.Value)
            : null;

    private Decided Decide(Facts facts, InvoiceChangeReading reading, InvoiceChange change, DateTimeOffset now)
    {
        var (invoice, customer) = facts;
        if (reading.Until is { } until && PauseRule.Check("#/until", until, rules.Today(customer, now)) is { } problem)
            return new(customer) { Error = InvoiceAnswer.Invalid([problem]) };
        var (changed, invoiceEvent, error) = change(invoice.Value, reading, now);
        if (error is not null)
            return new(customer)
            {
                Error = ApiResult.Problem(
                    StatusCodes.Status409Conflict,
                    "not-possible-now",
                    "The change is not possible in the invoice's current state",
                    error
                ),
            };
        var updated = Schedule.Recalculate(new DunningContext(customer, rules, now), changed!);
        return new(customer)
        {
            Updated = updated,
            Transaction = invoiceEvent is null
                ? null
                : new CustomerTransaction(updated.Id.Customer)
                    .Save(invoice, updated)
                    .AddEvent(updated.Id, invoiceEvent),
        };
    }

    private sealed record Facts(Versioned<Invoice> Invoice, Customer Customer);

    private sealed record Decided(Customer Customer) : IDecision
    {
        public ApiResult? Error { get; init; }
        public Invoice? Updated { get; init; }

        /// <summary>Null when the change was made before.</summary>
        public CustomerTransaction? Transaction { get; init; }
    }
}
