using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>POST /api/invoices/{id}/payments</c>: records a payment that a person or a bank import found,
/// <c>{"amount": "119.00", "currency": "EUR", "paidOn": "2026-03-05", "paymentId": "bank-4711", "by":
/// "Maya"}</c>. Requires the Idempotency-Key header.
/// </summary>
public sealed class RecordPayment(
    ReceivablesTable receivables,
    PaymentPosting posting,
    InFlightReminders inFlight,
    Idempotency idempotency,
    TimeProvider clock
)
{
    /// <summary>An older date is a typing error rather than a payment.</summary>
    private const int MaxYearsBack = 10;

    [Function(nameof(RecordPayment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/payments")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!InvoiceId.TryParse(id, out var invoice))
            return ApiResult.NotFound("invoice with this id");
        return await idempotency.RunWithKeyAsync(
            request,
            "payment",
            (key, body) => RecordAsync(invoice, key, body, cancellationToken),
            cancellationToken
        );
    }

    private async Task<ApiResult> RecordAsync(
        InvoiceId id,
        string key,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        var (payment, error) = JsonBody.Read(body, "The payment is not valid", Read);
        if (payment is null)
            return error!;
        if (await posting.ReadCurrentAsync(id, cancellationToken) is not { } invoice)
            return ApiResult.NotFound("invoice with this id");
        id = invoice.Value.Id;
        if (invoice.Value.Document.AmountDue.Currency is var currency && currency != payment.Amount.Currency)
            return CurrencyDiffers(currency);

        var now = clock.GetUtcNow();
        if (payment.PaidOn is { } date && WhyNotPaidOn(date, now) is { } problem)
            return ApiResult.Invalid("The payment is not valid", [problem]);
        var paidOn = payment.PaidOn is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : now;
        var paymentId = payment.PaymentId ?? key;
        var change = new PaymentChange(PaymentChangeKind.Payment, paymentId, [], [], payment.Amount)
        {
            ValueDate = payment.PaidOn,
            By = payment.By,
            Revision = await posting.NextRevisionAsync(id, paymentId, payment.Amount, cancellationToken),
        };
        var manualReviewReason = await posting.PostAsync(
            id,
            new SourcedPaymentChange(
                LedgerEntry.RecordedByHand,
                new PaymentEvent(key, "payment", paidOn, Live: true, [change]),
                change
            ),
            cancellationToken
        );
        if (await inFlight.WaitAsync([id], cancellationToken) is { Count: > 0 })
            return ApiResult.ReminderInFlight();
        // Retention may have removed the invoice since the first read.
        if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } after)
            return ApiResult.NotFound("invoice with this id");
        return ApiResult.Created(
            $"/api/invoices/{id}",
            new
            {
                Id = id.ToString(),
                PaymentId = paymentId,
                Balance = after.Value.OpenAmount.ToDecimalString(),
                Settled = after.Value.Closed is not null,
                Warnings = manualReviewReason is null ? Array.Empty<string>() : [manualReviewReason],
            }
        );
    }

    private static ApiResult CurrencyDiffers(string currency) =>
        ApiResult.Problem(
            StatusCodes.Status422UnprocessableEntity,
            "validation",
            "The payment is not valid",
            "The currency differs from the invoice's, and amounts are never converted. Send the amount in the "
                + "currency of the invoice.",
            [new("#/currency", "currency_differs", $"The invoice is in {currency}.")]
        );

    /// <summary>Somewhere on earth it is a day later than in UTC.</summary>
    private static FieldProblem? WhyNotPaidOn(DateOnly paidOn, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return paidOn > today.AddDays(1)
                ? new(
                    "#/paidOn",
                    "in_the_future",
                    $"{paidOn:yyyy-MM-dd} is after today, {today:yyyy-MM-dd}: record a "
                        + "payment when it has been made"
                )
            : paidOn < today.AddYears(-MaxYearsBack)
                ? new(
                    "#/paidOn",
                    "too_old",
                    $"write a day within the last {MaxYearsBack} years; today is {today:yyyy-MM-dd}"
                )
            : null;
    }

    private static Payment Read(JsonFields json)
    {
        var currency = json.Required("currency", Currency);
        return new Payment(
            json.Required("amount", PositiveAmountIn(currency)),
            json.Optional("paidOn", CalendarDate),
            json.Optional("paymentId", Opaque(128)),
            json.Optional("by", Line(100))
        );
    }

    /// <param name="PaymentId">
    /// The id that the bank or the import tool gave the payment; the same id twice is one payment. The idempotency key
    /// is used when it is missing.
    /// </param>
    /// <param name="By">Who recorded it.</param>
    private sealed record Payment(Money Amount, DateOnly? PaidOn, string? PaymentId, string? By);
}
