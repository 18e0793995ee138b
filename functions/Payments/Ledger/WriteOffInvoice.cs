using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>POST /api/invoices/{id}/write-off</c> with
/// <c>{"amount": "10.00", "currency": "EUR", "by": "Maya", "reason": "not worth the letter"}</c>: a claim, or a part of
/// it, is given up. Without an amount it is all that is owed. Requires the Idempotency-Key header.
/// </summary>
public sealed class WriteOffInvoice(PaymentPosting posting, InFlightReminders inFlight, Idempotency idempotency)
{
    [Function(nameof(WriteOffInvoice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/write-off")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoice))
            return ApiResult.NotFound("invoice with this id");
        return await idempotency.RunWithKeyAsync(
            request,
            "write-off",
            (key, body) => WriteOffAsync(invoice, key, body, cancellationToken),
            cancellationToken
        );
    }

    private async Task<ApiResult> WriteOffAsync(
        InvoiceId id,
        string key,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        // The id is part of a route, the key may hold anything.
        var writeOffId = Ids.Hash('w', key);
        var (writeOff, error) = JsonBody.Read(body, WriteOff.InvalidTitle, json => WriteOff.Read(json, writeOffId));
        if (writeOff is null)
            return error!;
        if (await posting.RunAsync(id, writeOff.Decide, cancellationToken) is not { } decided)
            return ApiResult.NotFound("invoice with this id");
        if (decided.Error is not null)
            return decided.Error;
        id = decided.Invoice.Id;
        if (await inFlight.WaitAsync([id], cancellationToken) is { Count: > 0 })
            return ApiResult.ReminderInFlight();
        return ApiResult.Created(
            $"/api/invoices/{id}",
            new
            {
                Id = id.ToString(),
                WriteOffId = writeOffId,
                Amount = decided.WrittenOff!.Value.ToDecimalString(),
                Balance = decided.Invoice.OpenAmount.ToDecimalString(),
                Closed = decided.Invoice.Closed is not null,
            }
        );
    }
}
