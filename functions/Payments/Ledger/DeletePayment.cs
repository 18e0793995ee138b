using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>DELETE /api/invoices/{id}/payments/{paymentId}</c> with <c>{"by": "Maya", "reason": "typed twice"}</c>: takes
/// back a payment that was recorded by hand. As in bookkeeping nothing is erased: the entry becomes zero, and the
/// invoice's history says who did it and why. A payment that a provider reported can only be refunded there.
/// </summary>
public sealed class DeletePayment(ReceivablesTable receivables, PaymentPosting posting, TimeProvider clock)
{
    private const int MaxBytes = 16 * 1024;

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
        var (body, error) = await RequestBody.ReadJsonAsync(request, MaxBytes, cancellationToken);
        if (error is not null)
            return error;
        var errors = new ValidationErrors(strict: true);
        Removal? removal;
        try
        {
            using var json = StrictJson.Parse(body);
            removal = JsonFields.Read(json.RootElement, "#", errors, Read);
        }
        catch (UnreadableDocumentException exception)
        {
            return exception.ToProblem("The body cannot be read");
        }
        if (removal is null || errors.Problems.Count > 0)
            return ApiResult.Invalid("The payment cannot be taken back", errors.Problems);
        return await posting.FindRecordedAsync(invoice, paymentId, cancellationToken) is { } recorded
            ? await RemoveAsync(invoice, recorded, removal, cancellationToken)
            : ApiResult.NotFound("payment recorded by hand with this id");
    }

    private async Task<ApiResult> RemoveAsync(
        InvoiceId id,
        LedgerEntry recorded,
        Removal removal,
        CancellationToken cancellationToken
    )
    {
        var change = new PaymentChange(
            PaymentChangeKind.Payment,
            recorded.ObjectId,
            [],
            [],
            Money.Zero(recorded.Amount.Currency),
            $"{removal.Reason} ({removal.By})"
        )
        {
            Revision = recorded.Amount.IsZero ? recorded.Revision : recorded.Revision + 1,
        };
        var source = new PaymentEvent(
            $"removed-{change.Revision}-{recorded.ObjectId}",
            "payment.removed",
            clock.GetUtcNow(),
            Live: true,
            [change]
        );
        if (!recorded.Amount.IsZero)
            await posting.PostAsync(
                id,
                new SourcedPaymentChange(LedgerEntry.RecordedByHand, source, change),
                cancellationToken
            );
        var after = await receivables.ReadInvoiceAsync(id, cancellationToken);
        return ApiResult.Ok(
            new
            {
                Id = id.ToString(),
                PaymentId = recorded.ObjectId,
                Balance = after!.Value.OpenAmount.ToDecimalString(),
                Settled = after.Value.Closed is not null,
            }
        );
    }

    private static Removal Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("reason", Prose(500)));

    private sealed record Removal(string By, string Reason);
}
