using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices.Arrangements;

/// <summary>Which parts of a plan pay which of its invoices.</summary>
internal static class PlanAllocation
{
    /// <summary>Each part pays the oldest invoice that is not paid yet, and then the next one.</summary>
    public static IReadOnlyList<(Versioned<Invoice>, IReadOnlyList<PlanPart>)> Of(
        IReadOnlyList<Versioned<Invoice>> invoices,
        PaymentPlan whole
    )
    {
        var left = whole.Parts.ToList();
        List<(Versioned<Invoice>, IReadOnlyList<PlanPart>)> allocated = [];
        foreach (var invoice in invoices)
        {
            var owed = invoice.Value.UndisputedAmount;
            List<PlanPart> own = [];
            while (owed.IsPositive && left is [var part, ..])
            {
                var share = Money.Min(part.Amount, owed);
                own.Add(part with { Amount = share });
                owed -= share;
                if (share == part.Amount)
                    left.RemoveAt(0);
                else
                    left[0] = part with { Amount = part.Amount - share };
            }
            allocated.Add((invoice, own));
        }
        return allocated;
    }
}
