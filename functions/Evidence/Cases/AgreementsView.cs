using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary>
/// <c>agreements.json</c>: what was agreed, held, disputed, handed over and reported, by whom and why.
/// </summary>
/// <param name="History">The events about it, and those of persons' decisions, oldest first.</param>
internal sealed record AgreementsView(
    PaymentPlan? Plan,
    bool IsPlanEnded,
    Promise? Promise,
    IReadOnlyList<Promise> PastPromises,
    Extension? Extension,
    Dispute? Dispute,
    Hold? Hold,
    CreditReport? CreditReport,
    IReadOnlyList<InvoiceEvent> History
)
{
    public static AgreementsView Create(InvoiceCase one) =>
        new(
            one.Invoice.Agreements.Plan,
            one.Invoice.Agreements.IsPlanEnded,
            one.Invoice.Agreements.Promise,
            one.Invoice.Agreements.PastPromises,
            one.Invoice.Agreements.Extension,
            one.Invoice.Dunning.Dispute,
            one.Invoice.Dunning.Hold,
            one.Invoice.Dunning.CreditReport,
            [.. one.Events.Where(IsAbout)]
        );

    public static bool IsAbout(InvoiceEvent e) =>
        e.Kind
            is EventKind.PlanAgreed
                or EventKind.PlanEnded
                or EventKind.PlanBroken
                or EventKind.PartMissed
                or EventKind.MilestoneReached
                or EventKind.Promised
                or EventKind.PromiseKept
                or EventKind.PromiseBroken
                or EventKind.PromiseWithdrawn
                or EventKind.Extended
                or EventKind.Disputed
                or EventKind.Held
                or EventKind.Resumed
                or EventKind.ApprovalNeeded
                or EventKind.HandedOver
                or EventKind.CreditReported
                or EventKind.CreditReportWithdrawn
                or EventKind.Decided
                or EventKind.WrittenOff
                or EventKind.WriteOffRemoved
                or EventKind.ChargeWaived
                or EventKind.OptedOut
                or EventKind.OptedIn;
}
