using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>How one payment is to be divided among invoices. Pure.</summary>
internal static class AssignmentPlan
{
    /// <summary>The parts that invoices have already come first, so that what one of them gives up is free.</summary>
    /// <param name="posted">What invoices have of the payment.</param>
    /// <param name="requested">What a person wants invoices to have of it.</param>
    /// <returns>Null when the payment is not enough; then <c>Free</c> is the rest that could be assigned.</returns>
    public static (IReadOnlyList<PaymentAllocation>? Allocations, Money Free) Decide(
        PaymentChange payment,
        IReadOnlyList<PostedPart> posted,
        IReadOnlyList<PaymentAllocation> requested
    )
    {
        var amount = payment.Amount!.Value;
        var zero = Money.Zero(amount.Currency);
        var others = posted.Where(part => requested.All(wanted => wanted.Invoice != part.Invoice)).ToList();
        var free =
            amount - Sum(others.Select(part => part.Amount), zero) + Sum(others.Select(part => part.Surplus), zero);
        var wantedInAll = Sum(requested.Select(wanted => wanted.Amount), zero);
        if (wantedInAll > free)
            return (null, Money.Max(free, zero));
        var missing = wantedInAll - (amount - Sum(others.Select(part => part.Amount), zero));
        List<PaymentAllocation> allocations = [];
        foreach (var part in others)
        {
            var given = Money.Max(zero, Money.Min(part.Surplus, missing));
            missing -= given;
            allocations.Add(new(payment.ObjectId, part.Invoice, part.Amount - given));
        }
        var kept = requested.Where(wanted => posted.Any(part => part.Invoice == wanted.Invoice));
        return ([.. allocations, .. kept, .. requested.Except(kept)], free - wantedInAll);
    }

    /// <summary>The amount of a payment that no invoice has.</summary>
    public static Money RestOf(PaymentChange payment, IReadOnlyList<PaymentAllocation>? allocations) =>
        payment.Amount!.Value
        - Sum(
            (allocations ?? []).Where(part => part.PaymentId == payment.ObjectId).Select(part => part.Amount),
            Money.Zero(payment.Amount.Value.Currency)
        );

    private static Money Sum(IEnumerable<Money> amounts, Money zero) =>
        amounts.Aggregate(zero, (sum, amount) => sum + amount);
}

/// <summary>What an invoice has of one payment.</summary>
/// <param name="Surplus">The part of it that the invoice does not need.</param>
internal sealed record PostedPart(InvoiceId Invoice, Money Amount, Money Surplus)
{
    /// <summary>Null when the invoice has nothing of the payment.</summary>
    public static PostedPart? Find(Invoice invoice, IReadOnlyCollection<LedgerEntry> ledger, PaymentKey payment)
    {
        if (payment.EntryIn(ledger) is not { } entry || entry.Amount.Currency != invoice.OpenAmount.Currency)
            return null;
        var zero = Money.Zero(entry.Amount.Currency);
        var surplus = invoice.Closed is { As: not ClosedAs.Settled }
            ? entry.Amount
            : Money.Max(zero, Money.Min(entry.Amount, -invoice.OpenAmount));
        // The provider may have reported the same money in another form as well: then this entry is not all of it.
        LedgerEntry[] without = [.. ledger.Except([entry]), entry with { Amount = entry.Amount - surplus }];
        var effect = Balance.Paid(ledger, entry.Amount.Currency) - Balance.Paid(without, entry.Amount.Currency);
        return new(invoice.Id, entry.Amount, Money.Min(surplus, effect));
    }
}

/// <param name="Provider">The name from <see cref="PaymentMatch.LedgerNameOf"/>.</param>
internal sealed record PaymentKey(string Provider, string ObjectId)
{
    public LedgerEntry? EntryIn(IEnumerable<LedgerEntry> ledger) =>
        ledger.FirstOrDefault(entry =>
            entry.Kind is LedgerKind.Payment or LedgerKind.PaymentTotal or LedgerKind.PaidInFull
            && (entry.Provider, entry.ObjectId) == (Provider, ObjectId)
        );
}
