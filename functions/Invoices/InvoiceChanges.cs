using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>
/// Returns the changed invoice and the event (null when the invoice was in that state already), or the error.
/// </summary>
internal delegate (Invoice? Changed, InvoiceEvent? Event, string? Error) InvoiceChange(
    Invoice invoice,
    InvoiceChangeReading change,
    DateTimeOffset now
);

/// <summary>
/// The changes of <see cref="ChangeInvoice"/>, as pure functions. A repeated change is accepted without effect, because
/// the response to the first may have been lost.
/// </summary>
internal static class InvoiceChanges
{
    public static (Invoice?, InvoiceEvent?, string?) Hold(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    )
    {
        if (invoice.Closed is not null)
            return Error("The invoice is closed, so it cannot be put on hold.");
        var until = change.Until is { } day ? $" until {day:yyyy-MM-dd}" : " until it is resumed";
        return (
            invoice with
            {
                Hold = new Hold(change.Reason ?? "no reason given", invoice.Hold?.Since ?? now, change.Until),
            },
            new(now, EventKind.Held, $"On hold{until}: {change.Reason ?? "no reason given"}"),
            null
        );
    }

    /// <summary>
    /// Ends a hold or a dispute; resuming an invoice whose step waits for approval approves that step.
    /// </summary>
    public static (Invoice?, InvoiceEvent?, string?) Resume(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    )
    {
        if (invoice.Closed is not null)
            return Error("The invoice is closed, so it cannot be resumed.");
        if (invoice is { Hold: null, Dispute: null })
            return (invoice, null, null);
        var what = invoice.Hold?.ApprovalFor is { } step ? $"Step '{step}' approved" : "Resumed";
        return (
            invoice.Unpaused(now) with
            {
                Approved = invoice.Hold?.ApprovalFor ?? invoice.Approved,
            },
            new(now, EventKind.Resumed, change.Reason is null ? what : $"{what}: {change.Reason}"),
            null
        );
    }

    public static (Invoice?, InvoiceEvent?, string?) Dispute(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    ) =>
        invoice.Closed is not null
            ? Error("The invoice is closed, so it cannot be disputed.")
            : (
                invoice with
                {
                    Dispute = new Dispute(change.Reason ?? "no reason given", invoice.Dispute?.Since ?? now),
                },
                new(
                    now,
                    EventKind.Disputed,
                    $"In dispute, no reminders until resumed: {change.Reason ?? "no reason given"}"
                ),
                null
            );

    public static (Invoice?, InvoiceEvent?, string?) Void(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    )
    {
        var reason = change.Reason ?? "no reason given";
        if (invoice.Closed is { As: ClosedAs.Void } existing && existing.Reason == reason)
            return (invoice, null, null);
        return invoice.Closed is not null
            ? Error(
                $"The invoice is already {invoice.Closed.As.ToString().ToLowerInvariant()}; only open "
                    + "invoices can be voided."
            )
            : (
                invoice with
                {
                    Closed = new Closed(ClosedAs.Void, now, reason),
                },
                new(now, EventKind.Voided, $"Void: {reason}"),
                null
            );
    }

    private static (Invoice?, InvoiceEvent?, string?) Error(string reason) => (null, null, reason);
}
