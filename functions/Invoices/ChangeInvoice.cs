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
    DunningRules rules,
    InFlightReminders inFlight,
    TimeProvider clock
)
{
    private const int MaxAttempts = 20;

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
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
                || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
            )
                return ApiResult.NotFound("invoice with this id");
            id = invoice.Value.Id;
            var now = clock.GetUtcNow();
            var customer = account.Customer.Value;
            if (
                reading.Until is { } until
                && PauseRule.Check("#/until", until, rules.Today(customer, now)) is { } problem
            )
                return InvoiceAnswer.Invalid([problem]);
            var (changed, invoiceEvent, error) = change(invoice.Value, reading, now);
            if (error is not null)
                return ApiResult.Problem(
                    StatusCodes.Status409Conflict,
                    "not-possible-now",
                    "The change is not possible in the invoice's current state",
                    error
                );
            var updated = Schedule.Recalculate(changed!, customer, rules, now);
            if (
                invoiceEvent is not null
                && !await receivables.TryCommitAsync(
                    new CustomerTransaction(id.Customer).Save(invoice, updated).AddEvent(id, invoiceEvent),
                    cancellationToken
                )
            )
                continue;
            return
                updated.WhyNotDemanded(now) is not null
                && await inFlight.WaitAsync([id], cancellationToken) is { Count: > 0 }
                ? ApiResult.ReminderInFlight()
                : ApiResult.Ok(
                    new
                    {
                        Id = id.ToString(),
                        State = updated.StateFor(customer),
                        NextStep = updated.Next,
                    }
                );
        }
        throw new InvalidOperationException($"Invoice {id} kept changing.");
    }
}
