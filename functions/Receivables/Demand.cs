namespace Dunning.Receivables;

/// <summary>
/// What may be demanded of an invoice on a day: all that is owed, or the parts of a plan that are due.
/// </summary>
/// <param name="Amount">Without what is in dispute.</param>
/// <param name="DueDate">Of the oldest part that is not paid.</param>
/// <param name="Part">The number of that part; null without a plan.</param>
/// <param name="Later">What falls due later.</param>
public sealed record Demand(Money Amount, DateOnly DueDate, int? Part, Money Later)
{
    /// <returns>Null when nothing may be demanded: it is paid, in dispute, or waits for a milestone.</returns>
    /// <param name="today">In the customer's zone.</param>
    public static Demand? Of(Invoice invoice, DateOnly today)
    {
        var owed = invoice.UndisputedAmount;
        if (!owed.IsPositive)
            return null;
        if (invoice.Agreements.Plan is not { Stands: true } plan)
            return new Demand(owed, invoice.AgreedDueDate, Part: null, Money.Zero(owed.Currency));
        if (plan.OpenParts(owed) is not [{ DueDate: { } due } first, ..] open)
            return null;
        var until = due > today ? due : today;
        var amount = open.Where(part => part.DueDate <= until)
            .Aggregate(Money.Zero(owed.Currency), (sum, part) => sum + part.Amount);
        return new Demand(amount, due, first.Number, owed - amount);
    }
}
