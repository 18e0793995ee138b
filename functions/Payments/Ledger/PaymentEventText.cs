using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// The event sentence for a ledger entry. A provider's text stands after a colon, where erasure removes it.
/// </summary>
internal static class PaymentEventText
{
    /// <param name="stored">The entry before the change; null for a new one.</param>
    /// <param name="paid">The invoice with the new balance.</param>
    /// <returns>Null when the invoice's history needs no event.</returns>
    public static InvoiceEvent? Create(
        SourcedPaymentChange change,
        LedgerEntry entry,
        LedgerEntry? stored,
        Invoice paid,
        LedgerSummary summary,
        DateTimeOffset now
    )
    {
        var atProvider = $"at {ProviderName(entry.Provider)}{Note(change)}";
        var throughProvider = $"through {ProviderName(entry.Provider)}";
        return entry.Kind switch
        {
            LedgerKind.InFlight => paid.Closed is null && summary.InFlightIds.Contains(entry.ObjectId)
                ? new(now, EventKind.PaymentPending, $"A payment {throughProvider} is on its way: reminders wait")
                : null,
            LedgerKind.Failed => paid.Closed is null && stored is null
                ? new(now, EventKind.PaymentFailed, $"A payment {throughProvider} failed{Note(change)}")
                : null,
            LedgerKind.Dispute when stored is not null || !summary.DisputedIds.Contains(entry.ObjectId) => null,
            LedgerKind.Dispute => new(
                now,
                EventKind.Disputed,
                paid.Closed is null
                    ? $"The customer disputes the payment {atProvider}"
                    : $"The customer disputes the payment {atProvider}; "
                        + "the invoice stays closed until money is taken back"
            ),
            // A payment that failed and was never reported as paid has its event from the status entry.
            _ => stored?.Amount == entry.Amount || stored is null && IsFailedPayment(entry) ? null
            : IsTakenBack(entry)
                ? new(
                    now,
                    EventKind.PaymentRemoved,
                    $"A recorded payment of {stored!.Amount} was taken back, {paid.OpenAmount} is owed{Note(change)}"
                )
            : AmountEvent(entry, paid, throughProvider, now),
        };
    }

    /// <summary>Without the endpoint id that <see cref="PaymentMatch.LedgerNameOf"/> appends.</summary>
    public static string ProviderName(string ledgerName) => ledgerName.Split('@')[0];

    public static string Note(SourcedPaymentChange change) => change.Note is null ? "" : $": {change.Note}";

    /// <summary>A payment of zero: it was reported as paid or started, and failed or was taken back.</summary>
    public static bool IsFailedPayment(LedgerEntry entry) => entry is { Kind: LedgerKind.Payment, Amount.IsZero: true };

    /// <summary>A recorded payment of zero: the person who recorded it took it back.</summary>
    public static bool IsTakenBack(LedgerEntry entry) =>
        IsFailedPayment(entry) && entry.Provider == LedgerEntry.RecordedByHand;

    private static InvoiceEvent AmountEvent(LedgerEntry entry, Invoice paid, string throughProvider, DateTimeOffset now)
    {
        var (kind, label) = entry.Kind switch
        {
            LedgerKind.Refund or LedgerKind.RefundTotal => (EventKind.Refunded, "Refund"),
            LedgerKind.Chargeback => (
                EventKind.ChargedBack,
                entry.Amount.IsZero ? "Chargeback reversed" : "Chargeback"
            ),
            LedgerKind.CreditNote => (EventKind.Credited, entry.Amount.IsZero ? "Voided credit note" : "Credit note"),
            LedgerKind.PaidInFull => (EventKind.Paid, "Payment in full"),
            _ => (EventKind.Paid, "Payment"),
        };
        var owed = paid.OpenAmount.IsPositive ? $"{paid.OpenAmount} is still owed" : "nothing is owed";
        var what = IsFailedPayment(entry) ? "The payment failed after all" : $"{label} of {entry.Amount}";
        return new(
            now,
            IsFailedPayment(entry) ? EventKind.PaymentFailed : kind,
            $"{what} {throughProvider}: {owed}",
            new Dictionary<string, string>
            {
                ["provider"] = entry.Provider,
                ["object"] = entry.ObjectId,
                ["event"] = entry.EventId,
                ["occurredAt"] = entry.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
            }
        );
    }
}
