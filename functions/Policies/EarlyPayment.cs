using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// Discounts for early payment. A discount is earned by paying the whole rest in time; a payment that comes later, or
/// that falls short of the rest, leaves the discount owed.
/// </summary>
internal static class EarlyPayment
{
    /// <summary>The discounts that can still be earned on a day, the next to expire first.</summary>
    public static IEnumerable<Discount> Open(Invoice invoice, DateOnly today) =>
        HasBasis(invoice) ? invoice.Document.Discounts.Where(d => d.Until >= today).OrderBy(d => d.Until) : [];

    /// <summary>The discount that the customer has earned by the payments of the ledger.</summary>
    /// <param name="entries">The invoice's entries, merged.</param>
    /// <returns>Null for none. The order in which payments were booked makes no difference.</returns>
    public static Money? Earned(DunningContext context, Invoice invoice, IReadOnlyCollection<LedgerEntry> entries)
    {
        if (invoice.Document.Discounts.Count == 0 || !HasBasis(invoice))
            return null;
        var currency = invoice.Document.AmountDue.Currency;
        var gross = invoice.Payments.OriginalAmount - Balance.Credited(entries, currency);
        return invoice
            .Document.Discounts.Select(discount =>
                Deducted(
                    invoice,
                    discount.Of(gross),
                    PaidInTime.By(context, entries, currency, LastDay(context, invoice, discount))
                )
            )
            .OfType<Money>()
            .OrderDescending()
            .Cast<Money?>()
            .FirstOrDefault();
    }

    private static DateOnly LastDay(DunningContext context, Invoice invoice, Discount discount) =>
        context.Rules.Calendar.Add(
            discount.Until,
            context.PolicyOf(invoice).DiscountLagBusinessDays,
            context.Customer.Country
        );

    /// <returns>Null when too little was paid in time, or nothing was deducted.</returns>
    private static Money? Deducted(Invoice invoice, Money discount, Money paid)
    {
        var shortfall = invoice.Payments.OriginalAmount - invoice.WrittenOff - paid;
        return paid.IsPositive && shortfall.IsPositive && shortfall.Minor - invoice.Payments.Tolerance <= discount.Minor
            ? Money.Min(shortfall, discount)
            : null;
    }

    /// <summary>
    /// Where the source reports less than it once did, it knows of payments that the ledger does not: nobody can say
    /// then whether the rest was paid in time.
    /// </summary>
    private static bool HasBasis(Invoice invoice) => invoice.AmountThatSettles == invoice.Payments.OriginalAmount;
}
