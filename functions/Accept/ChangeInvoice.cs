using Dunning.Book;
using Dunning.Http;
using Dunning.Plan;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Accept;

/// <summary>What a person or a tool says of an invoice that is in the book: wait, go on, it is disputed, it is void.</summary>
public sealed class ChangeInvoice(BookTable book, Rulebook rules, Departures departures, TimeProvider clock)
{
    private const int MaxBytes = 16 * 1024;
    private const int Tries = 20;

    [Function("HoldInvoice")]
    public Task<IResult> Hold(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/hold")] HttpRequest request, string id, CancellationToken cancel) =>
        ChangeAsync(request, id, InvoiceChanges.Hold, cancel);

    [Function("ResumeInvoice")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/resume")] HttpRequest request, string id, CancellationToken cancel) =>
        ChangeAsync(request, id, InvoiceChanges.Resume, cancel);

    [Function("DisputeInvoice")]
    public Task<IResult> Dispute(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/dispute")] HttpRequest request, string id, CancellationToken cancel) =>
        ChangeAsync(request, id, InvoiceChanges.Dispute, cancel);

    [Function("VoidInvoice")]
    public Task<IResult> Void(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/void")] HttpRequest request, string id, CancellationToken cancel) =>
        ChangeAsync(request, id, InvoiceChanges.Void, cancel);

    private async Task<IResult> ChangeAsync(HttpRequest request, string id, InvoiceChange change, CancellationToken cancel)
    {
        if (!InvoiceId.TryParse(id, out var invoiceId))
            return Answer.NotFound("invoice with this id");
        if (await RequestBody.ReadAsync(request, MaxBytes, cancel) is not { } body)
            return RequestBody.TooLarge(MaxBytes);
        InvoiceChangeReading reading;
        try
        {
            reading = InvoiceChangeReading.Read(body);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return Answer.Problem(unreadable.Status, unreadable.Problem, "The body cannot be read", unreadable.Message);
        }
        return reading.Problems.Count > 0 ? InvoiceAnswer.Invalid(reading.Problems) : await ChangeAsync(invoiceId, reading, change, cancel);
    }

    private async Task<IResult> ChangeAsync(InvoiceId id, InvoiceChangeReading reading, InvoiceChange change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await book.ReadInvoiceAsync(id, cancel) is not { } invoice || await book.ReadAsync(id.Customer, cancel) is not { } rows)
                return Answer.NotFound("invoice with this id");
            var now = clock.GetUtcNow();
            var customer = rows.Customer.Value;
            var (changed, happened, refusal) = change(invoice.Value, reading, now);
            if (refusal is not null)
                return Answer.Problem(StatusCodes.Status409Conflict, "not-possible-now", "The invoice does not allow this now", refusal);
            var renewed = Schedule.Renew(changed!, customer, rules, now);
            if (happened is not null && !await book.TryCommitAsync(new Move(id.Customer).Save(invoice, renewed).Tell(id, happened), cancel))
                continue;
            return renewed.WhyNotDemanded(now) is not null && await departures.WaitAsync([id], cancel) is { Count: > 0 }
                ? Answer.ReminderLeaving()
                : Answer.Ok(new { Id = id.ToString(), State = renewed.StateFor(customer), NextStep = renewed.Next });
        }
        throw new InvalidOperationException($"Invoice {id} kept changing.");
    }
}
