using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// How many promises were kept of those whose day and grace have passed. Withdrawn ones, those that were moved once,
/// and those of void invoices do not count.
/// </summary>
internal sealed record PromisesKept(int Kept, int Resolved, int Pending)
{
    /// <summary>Null without a resolved promise.</summary>
    public decimal? KeptPercent => Resolved == 0 ? null : 100m * Kept / Resolved;

    public static PromisesKept Of(IReadOnlyList<ResolvedPromise> outcomes, IEnumerable<Invoice> invoices) =>
        new(
            outcomes.Count(outcome => outcome.IsKept),
            outcomes.Count,
            invoices.Count(invoice => invoice is { Closed: null, Agreements.Promise: not null })
        );

    public static IReadOnlyList<ResolvedPromise> OutcomesOf(DunningContext context, AccountHistory history)
    {
        var entries = history.Entries.ToLookup(entry => entry.InvoiceId, StringComparer.Ordinal);
        return
        [
            .. from invoice in history.Invoices
            where invoice.Closed is not { As: ClosedAs.Void or ClosedAs.Replaced }
            from promise in invoice.Agreements.PastPromises
            where promise.State is PromiseState.Kept or PromiseState.Broken
            select OutcomeOf(context, invoice, promise, [.. entries[invoice.Id.Invoice]]),
        ];
    }

    private static ResolvedPromise OutcomeOf(
        DunningContext context,
        Invoice invoice,
        Promise promise,
        IReadOnlyList<LedgerEntry> entries
    )
    {
        var zero = Money.Zero(promise.PaidBefore.Currency);
        var promised = Money.Max(promise.Amount ?? invoice.AmountThatSettles - promise.PaidBefore, zero);
        var paid = PaidInTime.By(context, entries, zero.Currency, promise.LastDay) - promise.PaidBefore;
        return new(
            promised,
            // A promise that was kept is kept in full: a discount or a tolerance may have settled the rest.
            promise.State is PromiseState.Kept
                ? promised
                : Money.Min(Money.Max(paid, zero), promised)
        );
    }
}

/// <param name="PaidInTime">Never more than what was promised.</param>
internal sealed record ResolvedPromise(Money Promised, Money PaidInTime)
{
    public bool IsKept => PaidInTime >= Promised;
}

/// <summary>What was promised and paid in time, in one currency.</summary>
internal sealed record PromisedAmount(Money Promised, Money PaidInTime)
{
    public decimal? Percent => Promised.IsPositive ? 100m * PaidInTime.Minor / Promised.Minor : null;

    public static IReadOnlyList<PromisedAmount> Of(IReadOnlyList<ResolvedPromise> outcomes) =>
        [
            .. outcomes
                .GroupBy(outcome => outcome.Promised.Currency, StringComparer.Ordinal)
                .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                .Select(currency => new PromisedAmount(
                    currency.Select(outcome => outcome.Promised).Aggregate((a, b) => a + b),
                    currency.Select(outcome => outcome.PaidInTime).Aggregate((a, b) => a + b)
                )),
        ];
}
