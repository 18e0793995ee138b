using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>DELETE /api/invoices/{id}/write-off/{writeOffId}</c> with <c>{"by": "Maya", "reason": "they pay after all"}</c>:
/// takes back a write-off. The entry becomes zero, and the amount is owed again.
/// </summary>
public sealed class DeleteWriteOff(ReceivablesTable receivables, PaymentPosting posting, TimeProvider clock)
{
    [Function(nameof(DeleteWriteOff))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/write-off/{writeOffId}")]
            HttpRequest request,
        string id,
        string writeOffId,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoice))
            return ApiResult.NotFound("invoice with this id");
        var (removal, error) = await JsonBody.ReadAsync(
            request,
            "The write-off cannot be taken back",
            EntryRemoval.Read,
            cancellationToken
        );
        if (removal is null)
            return error!;
        if (await receivables.ReadInvoiceAsync(invoice, cancellationToken) is not { } stored)
            return ApiResult.NotFound("invoice with this id");
        invoice = stored.Value.Id;
        if (
            await posting.FindRecordedAsync(invoice, LedgerKind.WriteOff, writeOffId, cancellationToken)
            is not { } writeOff
        )
            return ApiResult.NotFound("write-off with this id");
        if (!writeOff.Amount.IsZero)
            await posting.PostAsync(invoice, removal.Reverse(writeOff, clock.GetUtcNow()), cancellationToken);
        // Retention may have removed the invoice since the write-off was read.
        return await receivables.ReadInvoiceAsync(invoice, cancellationToken) is not { } after
            ? ApiResult.NotFound("invoice with this id")
            : ApiResult.Ok(
                new
                {
                    Id = invoice.ToString(),
                    WriteOffId = writeOffId,
                    Balance = after.Value.OpenAmount.ToDecimalString(),
                    Closed = after.Value.Closed is not null,
                }
            );
    }
}
