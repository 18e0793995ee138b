using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What persons decide about deliveries that are listed as unmatched. The decision is stored with the delivery first:
/// so two persons cannot divide the same money.
/// </summary>
public sealed class UnmatchedPayments(
    Inbox inbox,
    EventDetails details,
    PostedParts parts,
    DecidedPayments decided,
    ReceivablesTable receivables
)
{
    private const int MaxAttempts = 10;

    /// <returns>The delivery as it is after the decision; or why it cannot be decided.</returns>
    internal Task<(WebhookDelivery? Delivery, ApiResult? Error)> AssignAsync(
        string deliveryId,
        AssignmentRequest request,
        OperatorDecision made,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            deliveryId,
            made,
            async (found, unmatched) =>
            {
                var delivery = unmatched.Delivery;
                var (planned, error) = await PlanAsync(unmatched, request, cancellationToken);
                if (planned is null)
                    return (null, error);
                if (delivery.Allocations is { } before && Comparable(before).SetEquals(Comparable(planned)))
                    return (delivery, null);
                if (found.IsApplied)
                    return (null, Conflict("already-decided", "The payment has been assigned otherwise."));
                return (
                    delivery with
                    {
                        Decisions = [.. delivery.Decisions ?? [], made],
                        Allocations = planned,
                        Invoices = [.. delivery.Invoices.Union(planned.Select(part => part.Invoice))],
                    },
                    null
                );
            },
            decided.AssignAsync,
            cancellationToken
        );

    /// <summary>It was given back, or nothing is to be done: the delivery leaves the list.</summary>
    /// <returns>The delivery as it is after the decision; or why it cannot be decided.</returns>
    internal Task<(WebhookDelivery? Delivery, ApiResult? Error)> CloseAsync(
        string deliveryId,
        OperatorDecision made,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            deliveryId,
            made,
            (_, unmatched) =>
            {
                var delivery = unmatched.Delivery;
                var isMade = delivery.Decisions?[^1].Kind == made.Kind;
                var after = isMade ? delivery : delivery with { Decisions = [.. delivery.Decisions ?? [], made] };
                return Task.FromResult<(WebhookDelivery?, ApiResult?)>((after, null));
            },
            decided.CloseAsync,
            cancellationToken
        );

    /// <param name="decide">Returns the delivery itself when the decision was made before.</param>
    /// <param name="write">Writes the decision into the invoices.</param>
    private async Task<(WebhookDelivery? Delivery, ApiResult? Error)> DecideAsync(
        string deliveryId,
        OperatorDecision made,
        Func<StoredDelivery, UnmatchedDelivery, Task<(WebhookDelivery? After, ApiResult? Error)>> decide,
        Func<UnmatchedDelivery, CancellationToken, Task<WebhookDelivery>> write,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await inbox.FindByIdAsync(deliveryId, cancellationToken);
            if (WhyNot(found, made.Kind) is { } blocker)
                return (null, blocker);
            var delivery = found!.Row.Value;
            var (reported, unavailable) = await ReadAsync(delivery, made.Kind, cancellationToken);
            if (reported is null)
                return (null, unavailable);
            var (after, error) = await decide(found, new(delivery, reported));
            if (after is null)
                return (null, error);
            if (after == delivery || await inbox.TryDecideAsync(found, after, cancellationToken))
                return (await write(new(after, reported), cancellationToken), null);
        }
        return (null, Conflict("changed", "Others are changing the delivery. Send the request again."));
    }

    private static ApiResult? WhyNot(StoredDelivery? found, OperatorDecisionKind kind)
    {
        if (found is null or { IsApplied: true, Row.Value.Decisions: null })
            return ApiResult.NotFound("unmatched payment with this id");
        if (found is { IsListed: false, IsApplied: false })
            return ApiResult.RetryLater(
                "The payment is being applied",
                "Send the request again when the payment is listed.",
                TimeSpan.FromSeconds(10)
            );
        // What is assigned in part may still be refunded or dismissed.
        var isFinal =
            found.IsApplied || found.Row.Value.Decisions?[^1].Kind is not (null or OperatorDecisionKind.Assigned);
        if (isFinal && found.Row.Value.Decisions![^1] is var last && last.Kind != kind)
            return Conflict("already-decided", $"It was decided before: {last.Kind.ToString().ToLowerInvariant()}.");
        return found.Row.Value.IsErased && kind is OperatorDecisionKind.Assigned
            ? Conflict(
                "erased",
                "The text of the delivery has been deleted, so its payments are unknown. Record the payment by hand, "
                    + "and dismiss the delivery."
            )
            : null;
    }

    private static ApiResult Conflict(string type, string detail) =>
        ApiResult.Problem(StatusCodes.Status409Conflict, type, "The decision is not possible", detail);

    /// <summary>Two lists are one whatever their order, and whatever became of the customers.</summary>
    private static HashSet<(string, string, Money)> Comparable(IEnumerable<PaymentAllocation> allocations) =>
        [.. allocations.Select(part => (part.PaymentId, part.Invoice.Invoice, part.Amount))];

    /// <returns>What the delivery reports; or the answer while the provider's API cannot be read.</returns>
    private async Task<(IReadOnlyList<PaymentEvent>? Reported, ApiResult? Error)> ReadAsync(
        WebhookDelivery delivery,
        OperatorDecisionKind kind,
        CancellationToken cancellationToken
    )
    {
        if (delivery.IsErased)
            return ([], null);
        List<PaymentEvent> events = [];
        foreach (var webhookEvent in PaymentEvents.Read(delivery.Provider, delivery.ToRequest()))
        {
            try
            {
                events.Add(await details.CompleteAsync(delivery, webhookEvent, cancellationToken));
            }
            catch (HttpRequestException) when (kind is OperatorDecisionKind.Dismissed)
            {
                events.Add(webhookEvent);
            }
            catch (HttpRequestException)
            {
                return (
                    null,
                    ApiResult.RetryLater(
                        "The payment cannot be read",
                        "The provider's API is unavailable or refuses the token. Correct it, or dismiss the delivery.",
                        TimeSpan.FromMinutes(1)
                    )
                );
            }
        }
        return (events, null);
    }

    /// <returns>All allocations of the delivery; or what is wrong with the request.</returns>
    private async Task<(IReadOnlyList<PaymentAllocation>? Allocations, ApiResult? Error)> PlanAsync(
        UnmatchedDelivery unmatched,
        AssignmentRequest request,
        CancellationToken cancellationToken
    )
    {
        List<PaymentChange> payments = [.. unmatched.Payments.Select(payment => payment.Value)];
        if (payments.Count == 0)
            return (
                null,
                Conflict(
                    "no-payment",
                    "The delivery has no payment whose amount is known. Record the payment by hand, and dismiss the "
                        + "delivery."
                )
            );
        var (requested, problems) = await request.ResolveAsync(
            payments,
            id => receivables.ReadInvoiceAsync(id, cancellationToken)
        );
        if (problems.Count > 0)
            return (null, ApiResult.Invalid(AssignmentRequest.InvalidTitle, problems));
        List<PaymentAllocation> planned = [];
        foreach (var payment in payments)
        {
            var wanted = requested.Where(part => part.PaymentId == payment.ObjectId).ToList();
            if (wanted.Count == 0 && unmatched.AssignedOf(payment).Count == 0)
                continue;
            var posted = await parts.ReadAsync(unmatched, payment, cancellationToken);
            var (allocations, free) = AssignmentPlan.Decide(payment, posted, wanted);
            if (allocations is null)
                return (null, request.AbovePayment(payment, free));
            planned.AddRange(allocations);
        }
        return (planned, null);
    }
}
