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
        if (invoice.Dunning.Hold is { Reason: HoldReason.HandedOver } handedOver)
            return Error($"The claim is {ReasonText.Of(handedOver)}, so nobody is reminded: resume takes it back.");
        return (
            invoice.WithHold(
                new(HoldReason.Requested, invoice.Dunning.Hold?.Since ?? now, change.Until) { Text = change.Reason }
            ),
            new(now, EventKind.Held)
            {
                Date = change.Until,
                Text = change.Reason,
                By = change.By,
            },
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
        if (invoice.Dunning is { Hold: null, Dispute: null })
            return (invoice, null, null);
        var approved = invoice.Dunning.Hold?.ApprovalFor;
        var resumed = invoice.Unpaused(now);
        return (
            approved is null ? resumed : resumed with { Dunning = resumed.Dunning with { Approved = approved } },
            new(now, EventKind.Resumed)
            {
                Reason = approved is null ? null : EventReason.StepApproved,
                Step = approved,
                Text = change.Reason,
                By = change.By,
            },
            null
        );
    }

    public static (Invoice?, InvoiceEvent?, string?) Dispute(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    )
    {
        if (invoice.Closed is not null)
            return Error("The invoice is closed, so it cannot be disputed.");
        var amount = change.Amount == invoice.OpenAmount ? null : change.Amount;
        var since = invoice.Dunning.Dispute?.Since ?? now;
        // From now on the rest is asked for: the days on which nothing was do not count.
        if (amount is not null && !invoice.UndisputedAmount.IsPositive)
            (invoice, since) = (invoice.Unpaused(now).WithHold(invoice.Dunning.Hold), now);
        return (
            invoice.WithDispute(new(DisputeReason.Reported, since) { Text = change.Reason, Amount = amount }),
            new(now, EventKind.Disputed)
            {
                Text = change.Reason,
                Amount = amount,
                By = change.By,
            },
            null
        );
    }

    public static (Invoice?, InvoiceEvent?, string?) Void(
        Invoice invoice,
        InvoiceChangeReading change,
        DateTimeOffset now
    )
    {
        if (invoice.Closed is { As: ClosedAs.Void, By: ClosedBy.Person } existing && existing.Text == change.Reason)
            return (invoice, null, null);
        return invoice.Closed is not null
            ? Error(
                $"The invoice is already {ReasonText.Of(invoice.Closed.As)}; only open " + "invoices can be voided."
            )
            : (
                invoice with
                {
                    Closed = new Closed(ClosedAs.Void, now, ClosedBy.Person) { Text = change.Reason },
                },
                new(now, EventKind.Voided) { Text = change.Reason, By = change.By },
                null
            );
    }

    private static (Invoice?, InvoiceEvent?, string?) Error(string reason) => (null, null, reason);
}
