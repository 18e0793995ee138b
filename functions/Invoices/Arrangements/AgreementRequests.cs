namespace Dunning.Invoices.Arrangements;

/// <summary>The changes of <see cref="AgreeOnInvoice"/>: what each reads, and what it decides.</summary>
internal static class AgreementRequests
{
    public const string InvalidTitle = "The agreement is not valid";

    public static readonly ChangeRequest Plan = ChangeRequest.Create(
        InvalidTitle,
        PlanRequest.Read,
        PlanDecision.Agree
    );
    public static readonly ChangeRequest EndPlan = ChangeRequest.Create(
        InvalidTitle,
        EndRequest.Read,
        PlanDecision.End
    );
    public static readonly ChangeRequest Promise = ChangeRequest.Create(
        InvalidTitle,
        PromiseRequest.Read,
        PromiseDecision.Record
    );
    public static readonly ChangeRequest EndPromise = ChangeRequest.Create(
        InvalidTitle,
        EndRequest.Read,
        PromiseDecision.Withdraw
    );
    public static readonly ChangeRequest Extension = ChangeRequest.Create(
        InvalidTitle,
        ExtensionRequest.Read,
        ExtensionDecision.Decide
    );

    /// <param name="number">Of the part.</param>
    public static ChangeRequest Milestone(int number) =>
        ChangeRequest.Create(
            InvalidTitle,
            MilestoneRequest.Read,
            (context, invoice, reached) => MilestoneDecision.Decide(context, invoice, number, reached)
        );
}
