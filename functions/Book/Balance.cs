namespace Dunning.Book;

/// <summary>What has been paid on an invoice, from its ledger entries and from nothing else.</summary>
public static class Balance
{
    /// <param name="entries">One invoice's entries, merged. Those in another currency are left out: amounts are never converted.</param>
    /// <returns>Negative while a refund is known and its payment is not.</returns>
    public static Money Paid(IEnumerable<LedgerEntry> entries, string currency) => entries
        .Where(entry => entry.Amount.Currency == currency)
        .GroupBy(entry => entry.Provider, StringComparer.Ordinal)
        .Select(provider => PaidThrough([.. provider], currency))
        .Aggregate(Money.Zero(currency), (sum, paid) => sum + paid);

    private static Money PaidThrough(IReadOnlyList<LedgerEntry> entries, string currency)
    {
        // A provider tells of the same money one by one and in all; each may be complete while the other is not.
        var inAll = Of(LedgerKind.PaymentTotal).Aggregate(Money.Zero(currency), Money.Max);
        var received = Money.Max(Sum(LedgerKind.Payment), inAll);

        // A total of refunds is not told again when one of them fails: then only the single refunds are true.
        var refundFailed = Of(LedgerKind.Refund).Any(refund => refund.IsZero);
        var refunded = refundFailed ? Sum(LedgerKind.Refund) : Money.Max(Sum(LedgerKind.Refund), Sum(LedgerKind.RefundTotal));
        return received - refunded - Sum(LedgerKind.Chargeback);

        IEnumerable<Money> Of(LedgerKind kind) => entries.Where(entry => entry.Kind == kind).Select(entry => entry.Amount);
        Money Sum(LedgerKind kind) => Of(kind).Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);
    }
}
