using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>POST /api/manage/payments/unmatched/{id}/assign</c>, <c>/refund</c> and <c>/dismiss</c>: a person decides about a
/// delivery that <see cref="ListUnmatchedPayments"/> shows. Repeating a decision has no further effect.
/// </summary>
public sealed class ResolveUnmatchedPayment(UnmatchedPayments unmatched, InFlightReminders inFlight, TimeProvider clock)
{
    [Function("AssignPayment")]
    public async Task<IResult> Assign(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/payments/unmatched/{id}/assign")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (assignment, error) = await JsonBody.ReadAsync(
            request,
            AssignmentRequest.InvalidTitle,
            AssignmentRequest.Read,
            cancellationToken
        );
        if (assignment is null)
            return error!;
        var made = new OperatorDecision(
            OperatorDecisionKind.Assigned,
            assignment.By,
            assignment.Note,
            clock.GetUtcNow()
        );
        return await AnswerAsync(
            await unmatched.AssignAsync(id, assignment, made, cancellationToken),
            cancellationToken
        );
    }

    [Function("RefundPayment")]
    public Task<IResult> Refund(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/payments/unmatched/{id}/refund")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => CloseAsync(request, id, OperatorDecisionKind.Refunded, cancellationToken);

    [Function("DismissPayment")]
    public Task<IResult> Dismiss(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/payments/unmatched/{id}/dismiss")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => CloseAsync(request, id, OperatorDecisionKind.Dismissed, cancellationToken);

    private async Task<IResult> CloseAsync(
        HttpRequest request,
        string id,
        OperatorDecisionKind kind,
        CancellationToken cancellationToken
    )
    {
        var (made, error) = await JsonBody.ReadAsync(
            request,
            "The decision is not valid",
            json => new OperatorDecision(
                kind,
                json.Required("by", Line(100)),
                json.Optional("note", Prose(500)),
                clock.GetUtcNow()
            ),
            cancellationToken
        );
        return made is null
            ? error!
            : await AnswerAsync(await unmatched.CloseAsync(id, made, cancellationToken), cancellationToken);
    }

    private async Task<IResult> AnswerAsync(
        (WebhookDelivery? Delivery, ApiResult? Error) decided,
        CancellationToken cancellationToken
    )
    {
        if (decided.Delivery is not { } delivery)
            return decided.Error!;
        var allocations = delivery.Allocations ?? [];
        if (await inFlight.WaitAsync(allocations.Select(part => part.Invoice), cancellationToken) is { Count: > 0 })
            return ApiResult.ReminderInFlight();
        return ApiResult.Ok(
            new
            {
                Delivery = delivery.Id,
                Finished = delivery.Problem is null,
                delivery.Problem,
                Allocations = allocations.Select(part => new
                {
                    part.PaymentId,
                    Invoice = part.Invoice.ToString(),
                    Amount = part.Amount.ToDecimalString(),
                }),
            }
        );
    }
}
