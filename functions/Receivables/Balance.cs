namespace Dunning.Receivables;

/// <summary>
/// The amounts paid, refunded, charged back and written off on one invoice, computed from its ledger entries only.
/// </summary>
internal static class Balance
{
    /// <param name="entries">
    /// One invoice's entries, merged. Entries in another currency are ignored: amounts are never converted.
    /// </param>
    /// <returns>Negative while a refund is recorded and its payment is not.</returns>
    public static Money Paid(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, Received) - Refunded(entries, currency) - ChargedBack(entries, currency);

    /// <summary>What the creditor refunded; never negative.</summary>
    public static Money Refunded(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, RefundedByProvider);

    /// <summary>What the customer's bank took back; never negative.</summary>
    public static Money ChargedBack(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, (provider, _) => Sum(provider, LedgerKind.Chargeback, currency));

    /// <summary>What credit notes took off, as far as they are reported one by one.</summary>
    public static Money Credited(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, (provider, _) => Sum(provider, LedgerKind.CreditNote, currency));

    /// <summary>What a person wrote off; it is not part of what was paid.</summary>
    public static Money WrittenOff(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        SumOfProviders(entries, currency, (provider, _) => Sum(provider, LedgerKind.WriteOff, currency));

    /// <summary>Interest, fixed sums and fees; it is not part of what was paid.</summary>
    public static Money Charged(IReadOnlyCollection<LedgerEntry> entries, string currency) =>
        entries
            .Where(entry => entry.Kind.ToChargeKind() is not null && entry.Amount.Currency == currency)
            .Aggregate(Money.Zero(currency), (sum, entry) => sum + entry.Amount);

    private static Money SumOfProviders(
        IEnumerable<LedgerEntry> entries,
        string currency,
        Func<IReadOnlyList<LedgerEntry>, string, Money> sumOfProvider
    ) =>
        entries
            .Where(entry => entry.Amount.Currency == currency)
            .GroupBy(entry => entry.Provider, StringComparer.Ordinal)
            .Select(provider => sumOfProvider([.. provider], currency))
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
        AmountsOf(entries, kind).Aggregate(Money.Zero(currency), Money.Max);

    private static Money RefundedByProvider(IReadOnlyList<LedgerEntry> entries, string currency)
    {
        // Providers do not report a new total when a refund fails (amount zero): then only the single refunds count.
        var single = Sum(entries, LedgerKind.Refund, currency);
        var reported = AmountsOf(entries, LedgerKind.Refund).Any(refund => refund.IsZero)
            ? single
            : Money.Max(single, Sum(entries, LedgerKind.RefundTotal, currency));
        return Money.Max(reported, Max(entries, LedgerKind.RefundByPerson, currency));
    }

    private static Money Sum(IEnumerable<LedgerEntry> entries, LedgerKind kind, string currency) =>
        AmountsOf(entries, kind).Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    private static IEnumerable<Money> AmountsOf(IEnumerable<LedgerEntry> entries, LedgerKind kind) =>
        entries.Where(entry => entry.Kind == kind).Select(entry => entry.Amount);
}
