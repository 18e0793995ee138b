using Dunning.Receivables;

namespace Dunning.Invoices.Arrangements;

/// <summary>The changes of <see cref="AgreeOnInvoice"/>: what each reads, and what it decides.</summary>
internal static class AgreementRequests
{
    public const string InvalidTitle = "The agreement is not valid";

    public static readonly ChangeRequest Plan = ChangeRequest.Create(
        InvalidTitle,
        PlanRequest.Read,
        (context, invoice, plan) =>
            PlanDecision.Agree(context, invoice, plan) with
            {
                Granted = new(ReplyMeaning.AsksForPlan, plan.By),
            }
    );
    public static readonly ChangeRequest EndPlan = ChangeRequest.Create(
        InvalidTitle,
        EndRequest.Read,
        PlanDecision.End
    );
    public static readonly ChangeRequest Promise = ChangeRequest.Create(
        InvalidTitle,
        PromiseRequest.Read,
        (context, invoice, promise) =>
            PromiseDecision.Record(context, invoice, promise) with
            {
                Granted = new(ReplyMeaning.AsksForTime, promise.By),
            }
    );
    public static readonly ChangeRequest EndPromise = ChangeRequest.Create(
        InvalidTitle,
        EndRequest.Read,
        PromiseDecision.Withdraw
    );
    public static readonly ChangeRequest Extension = ChangeRequest.Create(
        InvalidTitle,
        ExtensionRequest.Read,
        (context, invoice, extension) =>
            ExtensionDecision.Decide(context, invoice, extension) with
            {
                Granted = new(ReplyMeaning.AsksForTime, extension.By),
            }
    );

    /// <param name="number">Of the part.</param>
    public static ChangeRequest Milestone(int number) =>
        ChangeRequest.Create(
            InvalidTitle,
            MilestoneRequest.Read,
            (context, invoice, reached) => MilestoneDecision.Decide(context, invoice, number, reached)
        );
}
