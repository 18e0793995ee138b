using System.Globalization;

namespace Dunning.Receivables;

/// <summary>
/// The words of the events about plans, promises, extensions, hand-overs, credit reports, corrections and collections.
/// </summary>
internal static class AgreementEventText
{
    /// <returns>Null for an event of another kind.</returns>
    public static string? Of(InvoiceEvent e) =>
        e.Kind switch
        {
            EventKind.PlanAgreed => $"Payment plan agreed{By(e)}: {Parts(e.Parts ?? [])}",
            EventKind.PlanEnded => $"Payment plan ended{By(e)}: {e.Owed} is owed",
            EventKind.MilestoneReached => $"Part {e.Part}: {e.Document} is reached{By(e)}, due {Date(e.Date)}",
            EventKind.PartMissed => $"Part {e.Part} of the plan was not paid in time: it is chased as an invoice is",
            EventKind.PlanBroken => $"Part {e.Part} of the plan was not paid in time: the rest, {e.Owed}, is due now",
            EventKind.Promised => $"Promised{By(e)}: {Amount(e)} by {Date(e.Date)}",
            EventKind.PromiseKept => $"Promise kept: {Amount(e)} by {Date(e.Date)}",
            EventKind.PromiseBroken => $"Promise broken: {Amount(e)} by {Date(e.Date)}; {e.Owed} is owed",
            EventKind.PromiseWithdrawn => $"Promise taken back{By(e)}: {Amount(e)} by {Date(e.Date)}",
            EventKind.Extended => $"Due date extended to {Date(e.Date)}{By(e)}",
            EventKind.HandedOver => $"Handed over for collection{By(e)}",
            EventKind.CreditReported => $"Reported to a credit agency on {Date(e.Date)}{By(e)}",
            EventKind.CreditReportWithdrawn =>
                $"The report to the credit agency was withdrawn on {Date(e.Date)}{By(e)}",
            EventKind.Replaced when e.Reason is EventReason.Replaces => $"Takes the place of invoice {e.Document}",
            EventKind.Replaced => $"Invoice {e.Document} takes its place: nothing is owed on this one",
            EventKind.CollectionFailed =>
                $"The collection failed{EventText.Colon(e.Text)}: the customer is asked to pay",
            _ => null,
        };

    private static string Parts(IReadOnlyList<PlanPart> parts) =>
        string.Join(
            ", ",
            parts.Select(part =>
                $"{part.Amount} {(part.DueDate is { } due ? $"by {Date(due)}" : $"on {part.Milestone}")}"
            )
        );

    private static string Amount(InvoiceEvent e) => e.Amount?.ToString() ?? "all that is owed";

    private static string By(InvoiceEvent e) => OperatorDecision.Words(e.By, e.Text);

    private static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
