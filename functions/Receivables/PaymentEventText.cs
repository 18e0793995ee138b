using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dunning.Receivables;

/// <summary>The words of the events about payments.</summary>
internal static class PaymentEventText
{
    /// <param name="e">Of a kind that is about money, disputes or a voided invoice.</param>
    public static string Of(InvoiceEvent e) =>
        e.Kind switch
        {
            EventKind.PaymentPending when e.Reason is EventReason.CurrencyMismatch =>
                $"Manual review needed: {Mismatch(e.Amount!.Value, e.Owed!.Value)}",
            EventKind.PaymentPending => $"A payment through {NameOf(e.Provider)} is on its way: reminders wait",
            EventKind.PaymentFailed when e.Reason is EventReason.FailedAfterAll =>
                $"The payment failed after all through {NameOf(e.Provider)}: {Rest(e)}",
            EventKind.PaymentFailed => $"A payment through {NameOf(e.Provider)} failed{EventText.Colon(e.Text)}",
            EventKind.PaymentRemoved =>
                $"A recorded payment of {e.Amount} was taken back, {e.Owed} is owed{ReasonAndName(e)}",
            EventKind.Credited when e is { Provider: LedgerEntry.FromDocument, Amount.IsZero: false } =>
                $"Credit note {e.Text} of {e.Amount}: {Rest(e)}",
            EventKind.DiscountTaken when e.Amount is { IsZero: true } =>
                "The discount for early payment no longer applies, because the payment was taken back",
            EventKind.DiscountTaken => $"Discount for early payment of {e.Amount}{Taxes(e)}: not owed any more",
            EventKind.Disputed when e is { Provider: null, Amount: { } disputed } =>
                $"{disputed} in dispute, the rest is asked for: {ReasonText.Given(e.Text)}",
            EventKind.WrittenOff => $"{e.Amount} was written off, {Rest(e)}{ReasonAndName(e)}",
            EventKind.WriteOffRemoved => $"A write-off of {e.Amount} was taken back, {Rest(e)}{ReasonAndName(e)}",
            EventKind.Charged => $"{Charges(e)}; {Rest(e)}",
            EventKind.NotCharged => Charges(e),
            EventKind.ChargeWaived when e.Reason is EventReason.ReminderNotDelivered =>
                $"{NameOf(e.Entry?.Kind.ToChargeKind())} of {e.Amount} was waived, because the reminder did not "
                    + $"arrive: {Rest(e)}",
            EventKind.ChargeWaived =>
                $"{NameOf(e.Entry?.Kind.ToChargeKind())} of {e.Amount} was waived, {Rest(e)}{ReasonAndName(e)}",
            EventKind.Disputed when e.Provider is null =>
                $"In dispute, no reminders until resumed: {ReasonText.Given(e.Text)}",
            EventKind.Disputed => $"The customer disputes the payment at {NameOf(e.Provider)}{EventText.Colon(e.Text)}"
                + (
                    e.Reason is EventReason.PaymentDisputedAfterClosing
                        ? "; the invoice stays closed until money is taken back"
                        : ""
                ),
            EventKind.Voided when e.Provider is null => $"Void: {ReasonText.Given(e.Text)}",
            EventKind.Voided => $"Voided at {NameOf(e.Provider)}{EventText.Colon(e.Text)}",
            _ => $"{Label(e)} of {e.Amount} through {NameOf(e.Provider)}: {Rest(e)}"
                + (e.Reason is EventReason.UnmatchedPayment ? ReasonAndName(e) : ""),
        };

    /// <param name="e">What a person decided about a payment that was listed as unmatched.</param>
    public static string Decided(InvoiceEvent e) =>
        e.Decision switch
        {
            OperatorDecisionKind.Assigned =>
                $"{e.Amount} of a payment through {NameOf(e.Provider)} was taken from this invoice"
                    + $"{EventText.By(e)}; {Rest(e)}",
            OperatorDecisionKind.Refunded =>
                $"A payment through {NameOf(e.Provider)} that names this invoice was given back{EventText.By(e)}",
            _ => $"A payment through {NameOf(e.Provider)} that names this invoice was dismissed{EventText.By(e)}",
        };

    /// <summary>Why a payment in another currency is left to a person.</summary>
    public static string Mismatch(Money payment, Money owed) =>
        $"the payment is in {payment.Currency}, the invoice in {owed.Currency}: amounts are never converted";

    /// <summary>The provider of a name in the ledger, which may end with the id of the endpoint.</summary>
    [return: NotNullIfNotNull(nameof(ledgerName))]
    public static string? NameOf(string? ledgerName) => ledgerName?.Split('@')[0];

    private static string Charges(InvoiceEvent e) =>
        e.Charges is { Count: > 0 } charges ? string.Join("; ", charges.Select(Charge)) : "Nothing was charged";

    private static string Charge(ChargeOutcome charge) =>
        charge.WhyNot is { } whyNot
            ? $"{NameOf(charge.Kind)} was not charged: {ReasonText.Of(whyNot)}"
                + (charge.EarliestOn is { } day ? $", at the earliest on {day:yyyy-MM-dd}" : "")
            : $"{NameOf(charge.Kind)} of {charge.Amount} was charged";

    private static string NameOf(ChargeKind? kind) =>
        kind switch
        {
            ChargeKind.Interest => "Late-payment interest",
            ChargeKind.FixedSum => "The fixed sum for the cost of recovery",
            _ => "A reminder fee",
        };

    private static string Taxes(InvoiceEvent e) =>
        e.Taxes is { Count: > 0 } taxes ? $" ({string.Join(", ", taxes.Select(Tax))})" : "";

    private static string Tax(TaxShare share) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"net {share.Net.ToDecimalString()} and {share.Rate}% tax {share.Tax.ToDecimalString()}"
        );

    private static string Label(InvoiceEvent e) =>
        (e.Kind, e.Entry?.Kind, IsZero: e.Amount is { IsZero: true }) switch
        {
            (EventKind.Refunded, _, _) => "Refund",
            (EventKind.ChargedBack, _, true) => "Chargeback reversed",
            (EventKind.ChargedBack, _, _) => "Chargeback",
            (EventKind.Credited, _, true) => "Voided credit note",
            (EventKind.Credited, _, _) => "Credit note",
            (_, LedgerKind.PaidInFull, _) => "Payment in full",
            _ => "Payment",
        };

    private static string ReasonAndName(InvoiceEvent e) => EventText.Colon(e.Text) + (e.By is null ? "" : $" ({e.By})");

    private static string Rest(InvoiceEvent e) =>
        e.Owed is { IsPositive: true } owed ? $"{owed} is still owed" : "nothing is owed";
}
