using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>What is told of a ledger entry, in words.</summary>
internal static class PaymentEventText
{
    /// <param name="stored">The entry as it was before; null for a new one.</param>
    /// <returns>Null where it is no news.</returns>
    public static InvoiceEvent? Create(
        SourcedPaymentChange fact,
        LedgerEntry entry,
        LedgerEntry? stored,
        Invoice paid,
        LedgerSummary summary,
        DateTimeOffset now
    )
    {
        var at = $"at {NameOf(entry.Provider)}{Note(fact)}";
        var through = $"through {NameOf(entry.Provider)}";
        return entry.Kind switch
        {
            LedgerKind.InFlight => paid.Closed is null && summary.OnItsWay.Contains(entry.ObjectId)
                ? new(now, EventKind.PaymentPending, $"A payment {through} is on its way: reminders wait")
                : null,
            LedgerKind.Failed => paid.Closed is null && stored is null
                ? new(now, EventKind.PaymentFailed, $"A payment {through} failed{Note(fact)}")
                : null,
            LedgerKind.Dispute when stored is not null || !summary.Disputed.Contains(entry.ObjectId) => null,
            LedgerKind.Dispute => new(
                now,
                EventKind.Disputed,
                paid.Closed is null
                    ? $"The customer disputes the payment {at}"
                    : $"The customer disputes the payment {at}; the invoice stays closed until money is taken back"
            ),
            // A failure of what was never thought paid is told by the failure itself.
            _ => stored?.Amount == entry.Amount || stored is null && IsUndone(entry) ? null
            : IsTakenBack(entry)
                ? new(
                    now,
                    EventKind.PaymentRemoved,
                    $"A recorded payment of {stored!.Amount} was taken back, {paid.OpenAmount} is owed{Note(fact)}"
                )
            : OfMoney(entry, paid, through, now),
        };
    }

    /// <summary>Without the endpoint that tells apart the ids of generic webhooks.</summary>
    public static string NameOf(string provider) => provider.Split('@')[0];

    public static string Note(SourcedPaymentChange fact) => fact.Note is null ? "" : $": {fact.Note}";

    public static bool IsUndone(LedgerEntry entry) => entry is { Kind: LedgerKind.Payment, Amount.IsZero: true };

    public static bool IsTakenBack(LedgerEntry entry) =>
        IsUndone(entry) && entry.Provider == LedgerEntry.RecordedByHand;

    private static InvoiceEvent OfMoney(LedgerEntry entry, Invoice paid, string through, DateTimeOffset now)
    {
        var (kind, word) = entry.Kind switch
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
        var left = paid.OpenAmount.IsPositive ? $"{paid.OpenAmount} is still owed" : "nothing is owed";
        var what = IsUndone(entry) ? "The payment failed after all" : $"{word} of {entry.Amount}";
        return new(
            now,
            IsUndone(entry) ? EventKind.PaymentFailed : kind,
            $"{what} {through}: {left}",
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
