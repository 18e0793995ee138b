using Dunning.Receivables;

namespace Dunning.FollowUps;

/// <summary>What does not go on while nobody acts.</summary>
public enum HeldUp
{
    Nothing,
    AllMessages,

    /// <summary>Final notices, formal letters and copies to management.</summary>
    Escalations,
    Message,
    Payment,
    RemindersOfInvoice,
    RemindersOfCustomer,
    FurtherSteps,
}

/// <summary>What happens when nobody acts.</summary>
public enum IfNobodyActs
{
    /// <summary>Everything waits, for as long as it takes.</summary>
    StaysAsItIs,

    /// <summary>The message is never sent again by itself.</summary>
    MessageIsNotRepeated,

    /// <summary>The customer may be reminded although the money is there.</summary>
    PaidInvoiceIsReminded,

    /// <summary>The reminders go on, one step higher.</summary>
    RemindersGoOn,
    InvoiceIsNotReminded,

    /// <summary>The answer that the customer waits for does not come.</summary>
    CustomerGetsNoAnswer,

    /// <summary>When the time for the payment is over, a person is asked, and nothing is sent before.</summary>
    PersonIsAsked,
}

/// <summary>What each kind of follow-up holds up, what follows, and the route that resolves it. Pure.</summary>
internal static class FollowUpRules
{
    public static HeldUp HoldsUp(FollowUpKind kind) =>
        kind switch
        {
            FollowUpKind.SendingStopped => HeldUp.AllMessages,
            FollowUpKind.FeedSilent => HeldUp.Escalations,
            FollowUpKind.InDoubt => HeldUp.Message,
            FollowUpKind.Poisoned or FollowUpKind.UnmatchedPayment => HeldUp.Payment,
            FollowUpKind.Approval or FollowUpKind.Call or FollowUpKind.Letter => HeldUp.FurtherSteps,
            FollowUpKind.NoContact or FollowUpKind.Reply or FollowUpKind.PlanRequested => HeldUp.RemindersOfCustomer,
            FollowUpKind.PaymentMissing
            or FollowUpKind.PaymentClaimed
            or FollowUpKind.CollectionUnknown
            or FollowUpKind.CustomerUncertain
            or FollowUpKind.Dispute
            or FollowUpKind.CorrectionUncertain
            or FollowUpKind.PaymentRefunded => HeldUp.RemindersOfInvoice,
            _ => HeldUp.Nothing,
        };

    public static IfNobodyActs Consequence(FollowUpKind kind) =>
        kind switch
        {
            FollowUpKind.InDoubt => IfNobodyActs.MessageIsNotRepeated,
            FollowUpKind.UnmatchedPayment => IfNobodyActs.PaidInvoiceIsReminded,
            FollowUpKind.PromiseBroken
            or FollowUpKind.PartMissed
            or FollowUpKind.PlanBroken
            or FollowUpKind.PlanNotConfirmed
            or FollowUpKind.PolicyStep
            or FollowUpKind.UnusableAccount
            or FollowUpKind.PolicyRemoved => IfNobodyActs.RemindersGoOn,
            FollowUpKind.PaymentClaimed => IfNobodyActs.PersonIsAsked,
            _ when HoldsUp(kind) is HeldUp.RemindersOfInvoice or HeldUp.RemindersOfCustomer or HeldUp.FurtherSteps =>
                IfNobodyActs.InvoiceIsNotReminded,
            _ => IfNobodyActs.StaysAsItIs,
        };

    /// <summary>Whether a person marks it as done here; anything else has a route of its own.</summary>
    public static bool IsMarkedAsDone(FollowUpKind kind) =>
        kind
            is FollowUpKind.Reply
                or FollowUpKind.PlanRequested
                or FollowUpKind.PaymentClaimed
                or FollowUpKind.PromiseBroken
                or FollowUpKind.PartMissed
                or FollowUpKind.PlanBroken
                or FollowUpKind.PlanNotConfirmed
                or FollowUpKind.PolicyStep
                or FollowUpKind.Note
                or FollowUpKind.RetainerUsedUp
                or FollowUpKind.UnusableAccount
                or FollowUpKind.PolicyRemoved;

    /// <param name="id">Of the invoice, notice, message or delivery, as its route has it.</param>
    public static string RouteOf(FollowUpKey key, string? id) =>
        key.Kind switch
        {
            FollowUpKind.SendingStopped => "POST /api/manage/start",
            FollowUpKind.FeedSilent => $"POST /api/manage/feeds/{id}/confirm",
            FollowUpKind.InDoubt => $"POST /api/manage/recover/{id}/sent",
            FollowUpKind.Poisoned => $"POST /api/manage/recover/{id}/replay",
            FollowUpKind.UnmatchedPayment => $"POST /api/manage/payments/unmatched/{id}/assign",
            FollowUpKind.CustomerUncertain => $"POST /api/manage/customers/{key.Customer}/merge",
            FollowUpKind.Call => $"POST /api/manage/calls/{id}/result",
            FollowUpKind.Letter => "POST /api/manage/letters/print",
            FollowUpKind.NoContact => $"PUT /api/customers/{key.Customer}",
            FollowUpKind.WithdrawCreditReport => $"DELETE /api/invoices/{id}/credit-report",
            FollowUpKind.Reply when key.Customer == Reply.UnknownSender =>
                $"POST /api/manage/replies/{id?.Replace('.', '/')}/assign",
            FollowUpKind.Reply => $"POST /api/manage/replies/{id?.Replace('.', '/')}/answer",
            _ when IsMarkedAsDone(key.Kind) => $"POST /api/manage/follow-ups/{key.Id}/done",
            _ => $"POST /api/invoices/{id}/resume",
        };
}
