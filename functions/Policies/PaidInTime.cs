using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What had been paid by a day, by value date: it makes no difference when a payment was booked.</summary>
internal static class PaidInTime
{
    /// <param name="entries">One invoice's entries, merged.</param>
    /// <param name="lastDay">In the customer's zone.</param>
    /// <returns>Payments up to that day, less all refunds and chargebacks.</returns>
    public static Money By(
        DunningContext context,
        IReadOnlyCollection<LedgerEntry> entries,
        string currency,
        DateOnly lastDay
    ) => Balance.Paid([.. entries.Where(entry => !IsPaymentAfter(context, entry, lastDay))], currency);

    private static bool IsPaymentAfter(DunningContext context, LedgerEntry entry, DateOnly lastDay) =>
        entry.Kind is LedgerKind.Payment or LedgerKind.PaymentTotal or LedgerKind.PaidInFull
        && (ValueDate(context, entry) is not { } day || day > lastDay);

    /// <returns>Null when the provider did not say when it happened.</returns>
    private static DateOnly? ValueDate(DunningContext context, LedgerEntry entry) =>
        entry.ValueDate ?? (entry.OccurredAt == DateTimeOffset.UnixEpoch ? null : context.DayOf(entry.OccurredAt));
}
