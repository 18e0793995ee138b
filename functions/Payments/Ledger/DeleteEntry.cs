using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Takes back what a person recorded, or waives what the policy charged, with <c>{"by": "Maya", "reason": "typed
/// twice"}</c>. As in bookkeeping nothing is erased: the entry becomes zero, and the invoice's history says who did it
/// and why.
/// </summary>
public sealed class DeleteEntry(PaymentPosting posting)
{
    /// <summary>
    /// <c>DELETE /api/invoices/{id}/payments/{paymentId}</c>. A payment that a provider reported can only be refunded
    /// there.
    /// </summary>
    [Function("DeletePayment")]
    public Task<IResult> DeletePayment(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/payments/{paymentId}")]
            HttpRequest request,
        string id,
        string paymentId,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            request,
            id,
            entry => entry.Is(LedgerEntry.RecordedByHand, LedgerKind.Payment, paymentId),
            ("The payment cannot be taken back", "payment recorded by hand with this id"),
            invoice => new
            {
                Id = invoice.Id.ToString(),
                PaymentId = paymentId,
                Balance = invoice.OpenAmount.ToDecimalString(),
                Settled = invoice.Closed is not null,
            },
            cancellationToken
        );

    /// <summary><c>DELETE /api/invoices/{id}/write-off/{writeOffId}</c>: the amount is owed again.</summary>
    [Function("DeleteWriteOff")]
    public Task<IResult> DeleteWriteOff(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/write-off/{writeOffId}")]
            HttpRequest request,
        string id,
        string writeOffId,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            request,
            id,
            entry => entry.Is(LedgerEntry.RecordedByHand, LedgerKind.WriteOff, writeOffId),
            ("The write-off cannot be taken back", "write-off with this id"),
            invoice => new
            {
                Id = invoice.Id.ToString(),
                WriteOffId = writeOffId,
                Balance = invoice.OpenAmount.ToDecimalString(),
                Closed = invoice.Closed is not null,
            },
            cancellationToken
        );

    /// <summary>
    /// <c>DELETE /api/invoices/{id}/charges/{chargeId}</c>: interest, a fixed sum or a fee is not asked for any more.
    /// It is not charged again.
    /// </summary>
    [Function("WaiveCharge")]
    public Task<IResult> WaiveCharge(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/charges/{chargeId}")]
            HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            request,
            id,
            entry => entry.Kind.ToChargeKind() is not null && entry.ObjectId == chargeId,
            ("The charge cannot be waived", "charge with this id"),
            invoice => new
            {
                Id = invoice.Id.ToString(),
                ChargeId = chargeId,
                Balance = invoice.OpenAmount.ToDecimalString(),
                Settled = invoice.Closed is not null,
            },
            cancellationToken
        );

    private async Task<IResult> RunAsync(
        HttpRequest request,
        string id,
        Func<LedgerEntry, bool> find,
        (string Invalid, string Missing) words,
        Func<Invoice, object> answer,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoice))
            return ApiResult.NotFound("invoice with this id");
        var (removal, error) = await JsonBody.ReadAsync(request, words.Invalid, EntryRemoval.Read, cancellationToken);
        if (removal is null)
            return error!;
        var removed = await posting.RunAsync(
            invoice,
            (context, paid) => removal.Decide(context, paid, find),
            cancellationToken
        );
        return removed is null ? ApiResult.NotFound("invoice with this id")
            : removed.Invoice is null ? ApiResult.NotFound(words.Missing)
            : ApiResult.Ok(answer(removed.Invoice));
    }
}
