using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// What was overdue on each day, and what each payment counts towards. Computed from the movements of the invoice, so
/// the order in which they were booked makes no difference.
/// </summary>
internal sealed record DebtHistory
{
    /// <summary>Empty when nothing has ever been overdue.</summary>
    public required IReadOnlyList<OverduePrincipal> Overdue { get; init; }

    /// <summary>By date.</summary>
    public required IReadOnlyList<AllocatedMovement> Movements { get; init; }

    /// <summary>What is open of the invoice itself; negative when more was paid than owed.</summary>
    public required Money Principal { get; init; }

    /// <summary>What is open of each charge.</summary>
    public required IReadOnlyDictionary<ChargeKind, Money> OpenCharges { get; init; }

    /// <param name="movements">All of the invoice: see <see cref="InvoiceMovements"/>.</param>
    /// <param name="order">What a payment counts towards first.</param>
    /// <param name="due">When the principal fell due.</param>
    public static DebtHistory Create(
        IEnumerable<AccountMovement> movements,
        IReadOnlyList<ClaimPart> order,
        string currency,
        DueDates due
    )
    {
        var allocation = new PaymentAllocation(order, currency);
        List<AllocatedMovement> allocated =
        [
            // Of one day, what was paid counts before what was charged.
            .. movements.OrderBy(m => m.Date).ThenBy(m => m.Kind).Select(allocation.Add),
        ];
        return new DebtHistory
        {
            Overdue = OverdueOf(allocated, currency, due),
            Movements = allocated,
            Principal = allocation.Principal,
            OpenCharges = allocation.OpenCharges,
        };
    }

    private static List<OverduePrincipal> OverdueOf(
        IReadOnlyList<AllocatedMovement> movements,
        string currency,
        DueDates due
    )
    {
        var principal = movements
            .GroupBy(m => m.Movement.Date)
            .Select(day => (day.Key, Change: day.Aggregate(Money.Zero(currency), (sum, m) => sum + m.Principal)))
            .ToList();
        List<OverduePrincipal> overdue = [];
        foreach (var day in principal.Select(change => change.Key).Concat(due.Days).Distinct().Order())
        {
            var open = principal
                .Where(change => change.Key <= day)
                .Aggregate(Money.Zero(currency), (sum, change) => sum + change.Change);
            var amount = Money.Max(open - due.NotDueOn(day.AddDays(1), open), Money.Zero(currency));
            var before = overdue is [.., var last] ? last.Amount : Money.Zero(currency);
            if (amount != before)
                overdue.Add(new OverduePrincipal(day, amount));
        }
        return overdue;
    }
}

/// <summary>A movement with what it changes of the principal, the interest and the costs.</summary>
internal sealed record AllocatedMovement(AccountMovement Movement, Money Principal, Money Interest, Money Costs);
