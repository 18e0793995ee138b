using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// How a customer has paid, per currency: how many days late, and which promises were kept. Pure: the dates are the
/// value dates of the ledger.
/// </summary>
internal sealed record PayerBehaviour(
    IReadOnlyList<DaysLate> DaysLate,
    PromisesKept Promises,
    IReadOnlyList<PromisedAmount> PromisedAmounts
)
{
    private const int Months = 12;

    /// <summary>On average, with what is open as if it were paid today; null for too few cases.</summary>
    public decimal? DaysLateIn(string currency) =>
        DaysLate.FirstOrDefault(late => late.Currency == currency)?.WithOpen is { IsTooFew: false } late
            ? late.Average
            : null;

    public static PayerBehaviour Of(DunningContext context, AccountHistory history)
    {
        var outcomes = PromisesKept.OutcomesOf(context, history);
        return new(
            DaysLateOf(context, history),
            PromisesKept.Of(outcomes, history.Invoices),
            PromisedAmount.Of(outcomes)
        );
    }

    private static IReadOnlyList<DaysLate> DaysLateOf(DunningContext context, AccountHistory history)
    {
        var today = context.Today;
        var paid = history
            .Movements(today, context.DayOf)
            .Where(movement => movement.Date > today.AddMonths(-Months))
            .GroupBy(movement => movement.Invoice.Id)
            .SelectMany(Kept)
            .ToLookup(payment => payment.Amount.Currency, StringComparer.Ordinal);
        var open = history
            .Invoices.Where(invoice => invoice is { Closed: null, OpenAmount.IsPositive: true })
            .Where(invoice => invoice.AgreedDueDate < today)
            .Select(invoice => new DatedAmount(invoice.OpenAmount, today.DayNumber - invoice.AgreedDueDate.DayNumber))
            .ToLookup(amount => amount.Amount.Currency, StringComparer.Ordinal);
        return
        [
            .. paid.Select(currency => currency.Key)
                .Union(open.Select(currency => currency.Key))
                .Order(StringComparer.Ordinal)
                .Select(currency => new DaysLate(
                    currency,
                    WeightedDays.Of([.. paid[currency]]),
                    WeightedDays.Of([.. paid[currency], .. open[currency]])
                )),
        ];
    }

    /// <summary>The payments of one invoice; what was refunded or charged back takes the newest ones away.</summary>
    private static IEnumerable<DatedAmount> Kept(IEnumerable<AccountMovement> movements)
    {
        var all = movements.ToList();
        var takenBack = all.Where(movement => movement.Kind is MovementKind.Refund or MovementKind.Chargeback)
            .Sum(movement => movement.Amount.Minor);
        foreach (var payment in all.Where(movement => movement.Kind is MovementKind.Payment).Reverse())
        {
            var kept = Math.Max(0, -payment.Amount.Minor - takenBack);
            takenBack = Math.Max(0, takenBack + payment.Amount.Minor);
            if (kept > 0)
                yield return new DatedAmount(
                    new Money(kept, payment.Amount.Currency),
                    payment.Date.DayNumber - payment.Invoice.AgreedDueDate.DayNumber
                );
        }
    }
}

/// <param name="Days">After the due date; negative for before.</param>
internal sealed record DatedAmount(Money Amount, int Days);

/// <param name="Paid">Of the payments of the last 12 months.</param>
/// <param name="WithOpen">The same, with what is open and overdue as if it were paid today.</param>
internal sealed record DaysLate(string Currency, WeightedDays Paid, WeightedDays WithOpen);

/// <summary>An average of days, weighted by amount.</summary>
/// <param name="Average">Null without a case.</param>
internal sealed record WeightedDays(int Count, decimal? Average)
{
    private const int MinCount = 3;

    /// <summary>Words take the place of the figure.</summary>
    public bool IsTooFew => Count < MinCount;

    /// <param name="cases">Of one currency.</param>
    public static WeightedDays Of(IReadOnlyList<DatedAmount> cases)
    {
        var weight = cases.Sum(one => (decimal)one.Amount.Minor);
        return new(cases.Count, weight == 0 ? null : cases.Sum(one => (decimal)one.Amount.Minor * one.Days) / weight);
    }
}
