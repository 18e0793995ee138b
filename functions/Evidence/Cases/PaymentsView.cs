using Dunning.Charges;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary><c>payments.json</c>: the ledger, and what each movement counted towards.</summary>
internal sealed record PaymentsView(IReadOnlyList<LedgerEntry> Ledger, IReadOnlyList<CountedMovement> Counted)
{
    public static PaymentsView Create(InvoiceCase one) =>
        new(one.Ledger, [.. one.Charges.Debt.Movements.Select(CountedMovement.Create)]);
}

/// <param name="Reference">The provider's or the bank's id.</param>
internal sealed record CountedMovement(
    DateOnly Date,
    MovementKind Kind,
    string? Reference,
    string Amount,
    string Costs,
    string Interest,
    string Principal
)
{
    public static CountedMovement Create(AllocatedMovement counted)
    {
        var view = AllocationView.Create(counted);
        return new(
            view.Date,
            view.Kind,
            counted.Movement.Reference,
            view.Amount,
            view.Costs,
            view.Interest,
            view.Principal
        );
    }
}
