using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Decides about the parts of payment plans that were not paid within the grace. Where the confirmation of the plan has
/// said so, the rest falls due, on all invoices of the plan; else the missed part is chased as an invoice is.
/// </summary>
internal static class PlanEnd
{
    /// <summary>Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>.</summary>
    public const int MaxInvoices = 14;

    /// <summary>Decides about one missed part; call it again after the commit until nothing is left.</summary>
    /// <returns>Null when no part is missed.</returns>
    public static CustomerTransaction? Decide(DunningContext context, CustomerAccount account)
    {
        var missed = account.Invoices.FirstOrDefault(i => IsMissed(context, i.Value));
        if (missed is null)
            return null;
        var plan = missed.Value.Agreements.Plan!;
        if (plan is not { Accelerates: true, ConfirmedBy: not null })
            return Save(
                new CustomerTransaction(account.Id),
                context,
                missed,
                plan with
                {
                    MissedPart = missed.Value.CurrentPart!.Number,
                },
                EventKind.PartMissed
            );
        var transaction = new CustomerTransaction(account.Id);
        foreach (
            var invoice in account.Invoices.Where(i => i.Value.Agreements.Plan is { Stands: true } p && p.Id == plan.Id)
        )
            Save(
                transaction,
                context,
                invoice,
                invoice.Value.Agreements.Plan! with
                {
                    BrokenAt = context.Now,
                },
                EventKind.PlanBroken
            );
        return transaction;
    }

    private static bool IsMissed(DunningContext context, Invoice invoice) =>
        invoice.BlockAt(context.Now) is null
        && DunningSchedule.MissedOn(context, invoice) is { } missedOn
        && missedOn <= context.Today;

    private static CustomerTransaction Save(
        CustomerTransaction transaction,
        DunningContext context,
        Versioned<Invoice> invoice,
        PaymentPlan ended,
        EventKind kind
    )
    {
        var before = invoice.Value;
        var resumed = Schedule.OneStepHigher(context, before.WithPlan(ended).AtStep(StepBefore(context, before)));
        return transaction.Save(
            invoice,
            Schedule.Recalculate(context, resumed),
            [
                new(context.Now, kind)
                {
                    Part = before.CurrentPart?.Number,
                    Owed = before.OpenAmount,
                    Step = resumed.Dunning.Step,
                },
            ]
        );
    }

    /// <summary>
    /// The firmest step of the invoice's own list that the customer has seen, before the plan or in it.
    /// </summary>
    private static StepId? StepBefore(DunningContext context, Invoice invoice)
    {
        var policy = context.PolicyOf(invoice);
        var inPlan = policy.StepsOf(StepList.Plan).FirstOrDefault(s => s.Id == invoice.Dunning.Step);
        var equal = policy
            .StepsOf(StepList.Invoice)
            .LastOrDefault(s => s is { Enabled: true, IsUpcoming: false } && s.Tone <= inPlan?.Tone);
        var before = invoice.Agreements.Plan!.StepBefore;
        return policy.RankOf(equal?.Id) > policy.RankOf(before) ? equal!.Id : before;
    }
}
