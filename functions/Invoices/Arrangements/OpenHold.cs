using Dunning.Receivables;

namespace Dunning.Invoices.Arrangements;

/// <summary>What becomes of a hold when something is agreed about the invoice.</summary>
internal static class OpenHold
{
    /// <summary>A step that waits for approval is no longer the next one.</summary>
    public static Invoice EndApproval(Invoice invoice) =>
        invoice.Dunning.Hold is { ApprovalFor: not null } ? invoice.WithHold(null) : invoice;

    /// <summary>What the person must know: another hold without an end goes on.</summary>
    public static IReadOnlyList<string> Warnings(IEnumerable<Invoice> invoices) =>
        [
            .. invoices
                .Where(invoice => invoice.Dunning.Hold is { Until: null })
                .Select(invoice =>
                    $"Invoice {invoice.Document.Number} is on hold ({ReasonText.Of(invoice.Dunning.Hold!)}): no "
                    + "reminder is sent until it is resumed."
                ),
        ];
}
