using Dunning.Http;
using Dunning.Http.Validation;
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
public sealed class ChangeInvoice(RequestedChanges changes)
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
        var (reading, error) = await JsonBody.ReadAsync(
            request,
            InvoiceAnswer.InvalidTitle,
            InvoiceChangeReading.Read,
            cancellationToken,
            whenEmpty: InvoiceChangeReading.Empty
        );
        return reading is null
            ? error!
            : await changes.RunAsync(
                id,
                (context, invoice) => Decide(context, invoice, reading, change),
                cancellationToken
            );
    }

    private static ChangeDecision Decide(
        DunningContext context,
        Versioned<Invoice> invoice,
        InvoiceChangeReading reading,
        InvoiceChange change
    )
    {
        if (WhyInvalid(context, invoice.Value, reading) is { } problem)
            return ChangeDecision.Refused(InvoiceAnswer.Invalid([problem]));
        var (changed, invoiceEvent, error) = change(invoice.Value, reading, context.Now);
        if (error is not null)
            return ChangeDecision.NotPossible(error);
        var updated = Schedule.Recalculate(context, changed!);
        var decision = invoiceEvent is null
            ? ChangeDecision.Unchanged(updated)
            : ChangeDecision.Changed(invoice, updated, invoiceEvent);
        return decision with { StopsReminders = updated.BlockAt(context.Now) is not null };
    }

    private static FieldProblem? WhyInvalid(DunningContext context, Invoice invoice, InvoiceChangeReading reading) =>
        reading.Until is { } until && PauseRule.Check("#/until", until, context.Today) is { } pause ? pause
        : reading.Amount is { } amount ? OwedAmount.Check("#/amount", amount, invoice)
        : null;
}
