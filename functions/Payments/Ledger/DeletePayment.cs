using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>DELETE /api/invoices/{id}/payments/{paymentId}</c> with <c>{"by": "Maya", "reason": "typed twice"}</c>: takes
/// back a payment that was recorded by hand. As in bookkeeping nothing is erased: the entry becomes zero, and the
/// invoice's history says who did it and why. A payment that a provider reported can only be refunded there.
/// </summary>
public sealed class DeletePayment(ReceivablesTable receivables, PaymentPosting posting, TimeProvider clock)
{
    [Function(nameof(DeletePayment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/payments/{paymentId}")]
            HttpRequest request,
        string id,
        string paymentId,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoice))
            return ApiResult.NotFound("invoice with this id");
        var (removal, error) = await JsonBody.ReadAsync(
            request,
            "The payment cannot be taken back",
            EntryRemoval.Read,
            cancellationToken
        );
        if (removal is null)
            return error!;
        if (await posting.ReadCurrentAsync(invoice, cancellationToken) is not { } stored)
            return ApiResult.NotFound("invoice with this id");
        return
            await posting.FindRecordedAsync(stored.Value.Id, LedgerKind.Payment, paymentId, cancellationToken)
                is { } recorded
            ? await RemoveAsync(stored.Value.Id, recorded, removal, cancellationToken)
            : ApiResult.NotFound("payment recorded by hand with this id");
    }

    private async Task<ApiResult> RemoveAsync(
        InvoiceId id,
        LedgerEntry recorded,
        EntryRemoval removal,
        CancellationToken cancellationToken
    )
    {
        if (!recorded.Amount.IsZero)
            await posting.PostAsync(id, removal.Reverse(recorded, clock.GetUtcNow()), cancellationToken);
        // Retention may have removed the invoice since the payment was read.
        if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } after)
            return ApiResult.NotFound("invoice with this id");
        return ApiResult.Ok(
            new
            {
                Id = id.ToString(),
                PaymentId = recorded.ObjectId,
                Balance = after.Value.OpenAmount.ToDecimalString(),
                Settled = after.Value.Closed is not null,
            }
        );
    }
}
