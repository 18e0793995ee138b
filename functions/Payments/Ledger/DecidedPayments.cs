using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Writes what a person decided about a delivery into the invoices and the inbox. Safe to repeat: after a crash the
/// same request completes it.
/// </summary>
public sealed class DecidedPayments(Inbox inbox, PaymentMatch match, PaymentPosting posting, PostedParts parts)
{
    /// <summary>Posts the allocations. The delivery is finished when nothing of it is left.</summary>
    internal async Task<WebhookDelivery> AssignAsync(UnmatchedDelivery unmatched, CancellationToken cancellationToken)
    {
        var problems = await PostAsync(unmatched, cancellationToken);
        foreach (var payment in unmatched.Payments.Select(payment => payment.Value))
        {
            var rest = AssignmentPlan.RestOf(payment, unmatched.Delivery.Allocations);
            var posted = await parts.ReadAsync(unmatched, payment, cancellationToken);
            var isLeft =
                unmatched.AssignedOf(payment).Count > 0 ? rest.IsPositive : posted.All(part => part.Surplus.IsPositive);
            if (isLeft)
                problems.Add($"{rest} of payment '{payment.ObjectId}' is not assigned");
        }
        // What stood in the way of a payment that was read is decided now.
        problems.AddRange(
            unmatched
                .Reported.Where(source => source.Changes.Count == 0)
                .Select(source => source.Problem)
                .OfType<string>()
        );
        foreach (var change in unmatched.Changes.Where(change => !change.ReportsPayment))
        {
            if ((await match.FindAsync(unmatched.Provider, change, cancellationToken)).Problem is { } problem)
                problems.Add(problem);
        }
        return await FinishAsync(unmatched, problems, cancellationToken);
    }

    /// <summary>Books what was given back, and tells every invoice that the delivery names.</summary>
    internal async Task<WebhookDelivery> CloseAsync(UnmatchedDelivery unmatched, CancellationToken cancellationToken)
    {
        var (delivery, made) = (unmatched.Delivery, unmatched.Made);
        await PostAsync(unmatched, cancellationToken);
        HashSet<InvoiceId> refunded = [];
        if (made.Kind is OperatorDecisionKind.Refunded)
            refunded.UnionWith(await RefundAsync(unmatched, cancellationToken));
        var decided = new InvoiceEvent(made.At, EventKind.Decided)
        {
            Reason = EventReason.UnmatchedPayment,
            Provider = unmatched.Provider,
            Decision = made.Kind,
            By = made.By,
            Text = made.Note,
        };
        foreach (var id in delivery.Invoices.Except(refunded))
            await posting.AddDecisionAsync(id, delivery.Id, decided, cancellationToken);
        return await FinishAsync(unmatched, [], cancellationToken);
    }

    /// <returns>Why invoices that got a part of a payment need a person still.</returns>
    private async Task<List<string>> PostAsync(UnmatchedDelivery unmatched, CancellationToken cancellationToken)
    {
        var made = unmatched.Delivery.Decisions!.LastOrDefault(d => d.Kind is OperatorDecisionKind.Assigned);
        List<string> problems = [];
        var assigned = unmatched.Payments.SelectMany(payment =>
            unmatched.AssignedOf(payment.Value).Select(allocation => (payment, allocation))
        );
        foreach (var (payment, allocation) in assigned)
        {
            await match.RememberAsync(unmatched.Provider, payment.Value, allocation.Invoice, cancellationToken);
            var decision = new PersonDecision(payment, made!);
            var settlement = await posting.RunAsync(
                allocation.Invoice,
                (context, paid) => decision.Assign(context, paid, allocation.Amount),
                cancellationToken
            );
            if (settlement is not { ManualReviewReason: null })
                problems.Add(settlement?.ManualReviewReason ?? $"invoice {allocation.Invoice} does not exist");
        }
        return problems;
    }

    /// <returns>The invoices in whose ledger the refund is.</returns>
    private async Task<IReadOnlyList<InvoiceId>> RefundAsync(
        UnmatchedDelivery unmatched,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceId> refunded = [];
        foreach (var payment in unmatched.Payments)
        {
            var decision = new PersonDecision(payment, unmatched.Made);
            foreach (var part in await parts.ReadAsync(unmatched, payment.Value, cancellationToken))
            {
                if (await posting.RunAsync(part.Invoice, decision.Refund, cancellationToken) is not null)
                    refunded.Add(part.Invoice);
            }
        }
        return refunded;
    }

    private async Task<WebhookDelivery> FinishAsync(
        UnmatchedDelivery unmatched,
        IReadOnlyCollection<string> problems,
        CancellationToken cancellationToken
    )
    {
        var delivery = unmatched.Delivery with
        {
            Problem = problems.Count == 0 ? null : string.Join("; ", problems.Distinct()),
        };
        foreach (var id in delivery.Invoices)
            await posting.RemoveMarkAsync(id, delivery.Id, cancellationToken);
        await inbox.LinkAsync(delivery, cancellationToken);
        if (delivery.Problem is { } problem)
            await inbox.MoveToManualReviewAsync(delivery, problem, cancellationToken);
        else
        {
            foreach (var change in unmatched.Changes)
                await match.StopAwaitingAsync(delivery, change, cancellationToken);
            await inbox.FinishAsync(delivery, cancellationToken);
        }
        // Checked after the link is written: an erasure that starts later finds the delivery by the link.
        if (await posting.IsAnyErasedAsync(delivery.Invoices, cancellationToken))
            await inbox.ForgetAsync(delivery.Message, cancellationToken);
        return delivery;
    }
}
