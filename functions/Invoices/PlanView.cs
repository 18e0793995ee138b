using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>A payment plan in a response.</summary>
/// <param name="State"><c>stands</c>, <c>partMissed</c> or <c>broken</c>.</param>
internal sealed record PlanView(
    string? Id,
    string State,
    bool Accelerates,
    bool Confirmed,
    IReadOnlyList<PartView> Parts
)
{
    public static PlanView? Create(Invoice invoice) =>
        invoice.Agreements.Plan is not { } plan
            ? null
            : new(
                plan.Id,
                !plan.Stands ? "broken"
                    : invoice.IsPartMissed ? "partMissed"
                    : "stands",
                plan.Accelerates,
                plan.ConfirmedBy is not null,
                [.. plan.Parts.Select(part => PartView.Create(part, plan.OpenParts(invoice.OpenAmount)))]
            );
}

internal sealed record PartView(int Number, string Amount, string Open, DateOnly? DueDate, string? Milestone)
{
    /// <param name="open">The open parts.</param>
    public static PartView Create(PlanPart part, IReadOnlyList<PlanPart> open) =>
        new(
            part.Number,
            part.Amount.ToDecimalString(),
            (
                open.FirstOrDefault(o => o.Number == part.Number)?.Amount ?? Money.Zero(part.Amount.Currency)
            ).ToDecimalString(),
            part.DueDate,
            part.Milestone
        );
}
