namespace Dunning.Receivables;

/// <summary>What has been paid on an invoice, from its ledger entries and from nothing else.</summary>
internal static class Balance
{
    /// <param name="entries">
    /// One invoice's entries, merged. Those in another currency are left out: amounts are never converted.
    /// </param>
    /// <returns>Negative while a refund is known and its payment is not.</returns>
    public static Money Paid(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, Received) - Refunded(entries, currency) - ChargedBack(entries, currency);

    /// <summary>What was given back of our own accord; never negative.</summary>
    public static Money Refunded(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, RefundedThrough);

    /// <summary>What the customer's bank has taken back; never negative.</summary>
    public static Money ChargedBack(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, (provider, _) => Sum(provider, LedgerKind.Chargeback, currency));

    private static Money SumOfProviders(
        IEnumerable<LedgerEntry> entries,
        string currency,
        Func<IReadOnlyList<LedgerEntry>, string, Money> through
    ) =>
        entries
            .Where(entry => entry.Amount.Currency == currency)
            .GroupBy(entry => entry.Provider, StringComparer.Ordinal)
            .Select(provider => through([.. provider], currency))
            .Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    private static Money Received(IReadOnlyList<LedgerEntry> entries, string currency)
    {
        // A provider reports the same money as single payments and as a total; each may be complete while the other is
        // not. What it calls paid in full includes the credit notes, reported or not.
        var cash = Money.Max(
            Sum(entries, LedgerKind.Payment, currency),
            Max(entries, LedgerKind.PaymentTotal, currency)
        );
        return Money.Max(
            cash + Sum(entries, LedgerKind.CreditNote, currency),
            Max(entries, LedgerKind.PaidInFull, currency)
        );
    }

    private static Money Max(IEnumerable<LedgerEntry> entries, LedgerKind kind, string currency) =>
        Of(entries, kind).Aggregate(Money.Zero(currency), Money.Max);

    private static Money RefundedThrough(IReadOnlyList<LedgerEntry> entries, string currency)
    {
        // A total of refunds is not told again when one of them fails: then only the single refunds are true.
        var single = Sum(entries, LedgerKind.Refund, currency);
        return Of(entries, LedgerKind.Refund).Any(refund => refund.IsZero)
            ? single
            : Money.Max(single, Sum(entries, LedgerKind.RefundTotal, currency));
    }

    private static Money Sum(IEnumerable<LedgerEntry> entries, LedgerKind kind, string currency) =>
        Of(entries, kind).Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    private static IEnumerable<Money> Of(IEnumerable<LedgerEntry> entries, LedgerKind kind) =>
        entries.Where(entry => entry.Kind == kind).Select(entry => entry.Amount);
}
