using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Moves open invoices to another policy, or to another version of theirs. What was sent counts: an invoice goes on
/// with the step above the one that stands for the last one taken, and the step that is next falls due on its own day,
/// or today where that has passed. Steps in between are not skipped.
/// </summary>
internal static class PolicyMove
{
    /// <summary>
    /// Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>: an invoice, two rows of its agenda, its
    /// event and the last link of its events.
    /// </summary>
    private const int MaxInvoices = 15;

    /// <summary>Whether an invoice follows an earlier version of the policy.</summary>
    public static bool Concerns(Invoice invoice, Policy policy) => IsEarlier(invoice.Dunning.Policy, policy);

    public static bool IsEarlier(PolicyVersion version, Policy policy) =>
        version.Name == policy.Name && version.Version < policy.Version;

    /// <summary>Moves at most 15 invoices to a later version of their policy; call it again after the commit.</summary>
    /// <param name="by">Who wants it.</param>
    /// <returns>Null when there is none left.</returns>
    public static CustomerTransaction? Decide(DunningContext context, CustomerAccount account, Policy policy, string by)
    {
        var moving = account.Invoices.Where(invoice => Concerns(invoice.Value, policy)).Take(MaxInvoices).ToList();
        if (moving.Count == 0 || context.Customer.Merge is not null)
            return null;
        var transaction = new CustomerTransaction(account.Id);
        foreach (var invoice in moving)
            transaction
                .Save(invoice, Move(context, invoice.Value, policy))
                .AddEvent(invoice.Value.Id, EventOf(context, invoice.Value, policy, by));
        return transaction;
    }

    public static InvoiceEvent EventOf(DunningContext context, Invoice invoice, Policy policy, string? by) =>
        new(context.Now, EventKind.PolicyChanged)
        {
            Policy = new PolicyReplacement(invoice.Dunning.Policy, policy.Key),
            By = by,
        };

    public static Invoice Move(DunningContext context, Invoice invoice, Policy policy)
    {
        var dunning = invoice.Dunning;
        var catalog = context.Rules.Policies;
        var moved = invoice with
        {
            Dunning = dunning with
            {
                Policy = policy.Key,
                Step = CounterpartOf(dunning.Step),
                MissedStep = CounterpartOf(dunning.MissedStep),
                // A person decides anew.
                Approved = null,
                SendNow = null,
            },
            Agreements = invoice.Agreements.Plan is { } plan
                ? invoice.Agreements with
                {
                    Plan = plan with { StepBefore = CounterpartOf(plan.StepBefore) },
                }
                : invoice.Agreements,
        };
        if (dunning.Hold?.ApprovalFor is { } waiting && policy.Find(waiting) is not { NeedsApproval: true })
            moved = moved.WithHold(null);
        var placed = Schedule.Recalculate(context, Place(context, moved, policy));
        return placed.Dunning.Next is { } next && TimeGiven(context, invoice) is { } end && context.DayOf(next.At) < end
            ? placed.WithNext(DunningSchedule.Next(context, placed, end))
            : placed;

        StepId? CounterpartOf(StepId? step) => catalog.Counterpart(policy, step, dunning.Policy);
    }

    /// <summary>
    /// Steps before the due date whose day has passed are left out; a later one falls due today. During a hold or a
    /// dispute nothing is placed: its end does that.
    /// </summary>
    private static Invoice Place(DunningContext context, Invoice moved, Policy policy)
    {
        var midnight = context with { Now = context.InstantOf(context.Today, TimeOnly.MinValue) };
        if (
            DunningSchedule.MissedAtStart(midnight, moved) is { } missed
            && policy.RankOf(missed) > policy.RankOf(moved.Dunning.Step)
        )
            moved = moved with { Dunning = moved.Dunning with { Step = missed, MissedStep = missed } };
        if (moved.Dunning.Hold is not null || moved.Dunning.Dispute is not null && !moved.UndisputedAmount.IsPositive)
            return moved;
        var start = DunningSchedule.StartForNextStep(context, moved);
        return start > moved.Dunning.ScheduleStart
            ? moved with
            {
                Dunning = moved.Dunning with { ScheduleStart = start },
            }
            : moved;
    }

    /// <summary>The day after the last one to pay that a message has named; null for none.</summary>
    private static DateOnly? TimeGiven(DunningContext context, Invoice invoice)
    {
        var dunning = invoice.Dunning;
        DateOnly?[] ends =
        [
            dunning.RemindedOn is [.., var last] && context.PolicyOf(invoice).Find(dunning.Step)?.PayByDays is { } days
                ? last.AddDays(days + 1)
                : null,
            dunning.PreCollectionNotice?.Deadline.AddDays(1),
            dunning.CreditReport?.Deadline.AddDays(1),
        ];
        return ends.Max();
    }
}
