using System.Globalization;

namespace Dunning.Receivables;

/// <summary>The one place where an <see cref="InvoiceEvent"/> gets its words. Nothing reads them back.</summary>
internal static class EventText
{
    public static string Of(InvoiceEvent e) =>
        e.Kind switch
        {
            EventKind.Accepted or EventKind.Updated => Document(e),
            EventKind.StepSkipped => Skipped(e),
            EventKind.Planned when e.Reason is EventReason.AddressReplaced =>
                $"Step '{e.Step}': the reminder goes out by {Channels(e)} instead",
            EventKind.Planned => $"Step '{e.Step}': reminder by {Channels(e)}",
            EventKind.Covered => $"Step '{e.Step}' is covered by notice {e.Notice}",
            EventKind.Postponed => Postponed(e),
            EventKind.Sent => Sent(e),
            EventKind.NotSent => NotSent(e),
            EventKind.Rejected when e.Channels is [Channel.Call] => $"Called in vain{By(e)}",
            EventKind.Rejected => $"Refused by the {Channels(e)} provider{Colon(e.Text)}",
            EventKind.InDoubt => InDoubt(e),
            EventKind.Delivered => $"Delivered by {Channels(e)}",
            EventKind.NotDelivered =>
                $"Not delivered by {Channels(e)}{(e.By is { } by ? $", says {by}" : "")}{Colon(e.Text)}"
                    + (e.Reason is EventReason.AddressDead ? "; the address is not used any more" : ""),
            EventKind.OptedOut => $"The customer wants no more text messages{Quote(e.Text)}",
            EventKind.OptedIn => $"The customer wants text messages again{Quote(e.Text)}",
            EventKind.Replied => $"The customer wrote back{Quote(e.Text)}",
            EventKind.PaymentClaimed =>
                $"The customer says that {e.Amount} were paid on {Date(e)}{Quote(e.Text)}: no reminders meanwhile",
            EventKind.PaymentClaimWithdrawn => "The customer took back that it is paid",
            EventKind.Answered => $"The customer's message is answered{By(e)}{Quote(e.Text)}",
            EventKind.Settled => Settled(e),
            EventKind.Reopened => Reopened(e),
            EventKind.Held => $"On hold until {Date(e) ?? "it is resumed"}: {ReasonText.Given(e.Text)}",
            EventKind.Resumed => Resumed(e),
            EventKind.TaskForPerson => Task(e),
            EventKind.ApprovalNeeded => $"Step '{e.Step}' waits for a person: resume the invoice to approve it",
            EventKind.Decided => Decided(e),
            EventKind.Scheduled when e.Reason is EventReason.SendNow => $"Step '{e.Step}' is to be sent now{By(e)}",
            EventKind.Scheduled => e.Step is null ? "No step is due" : $"Step '{e.Step}' is due on {Date(e)}",
            EventKind.FollowUpDone when e.Date is not null =>
                $"Follow-up '{e.FollowUp}' put off until {Date(e)}{By(e)}",
            EventKind.FollowUpDone => $"Follow-up '{e.FollowUp}' done{By(e)}",
            EventKind.PersonalLineSet => "A personal line was written for the next messages",
            EventKind.PersonalLineRemoved => "The personal line was removed",
            EventKind.PolicyChanged when e.Policy is { } policy =>
                $"Policy {policy.Successor} instead of {policy.Former}{By(e)}",
            EventKind.PolicyChanged => $"The policy was changed{By(e)}",
            EventKind.DocumentStored => $"The document '{e.Text}' was stored, to be attached",
            EventKind.DocumentNotStored =>
                $"The document '{e.Text}' could not be fetched: messages have a link instead",
            EventKind.ReferenceInvalid =>
                $"The check digit of the payment reference '{e.Text}' is wrong: messages show it as plain text",
            EventKind.LanguageMissing => $"There are no texts in the language '{e.Text}': messages are in English",
            EventKind.CustomerChanged => $"The customer's {Fields(e)} changed{By(e)}",
            _ => AgreementEventText.Of(e) ?? PaymentEventText.Of(e),
        };

    private static string Document(InvoiceEvent e)
    {
        var owed = e.OwedBefore is { } before ? $"{e.Owed} owed instead of {before}" : $"{e.Owed} owed";
        var terms = e.Reason is EventReason.DefaultTerms ? " (default terms)" : "";
        var next =
            e.Step is not null ? $"next step '{e.Step}'"
            : e.Block is DunningBlock.NoAddress ? "no contact: nothing can be sent"
            : "no further step";
        return $"{e.Kind} from {e.By}: {owed}, due {Date(e)}{terms}; {next}";
    }

    private static string Skipped(InvoiceEvent e)
    {
        var steps = string.Join(", ", e.SkippedSteps ?? []);
        return e.Reason switch
        {
            EventReason.LaterStepDue => $"Skipped because step '{e.Step}' is due too: {steps}",
            EventReason.TooLate => $"Skipped because too many days have passed since its day: {steps}",
            _ => $"Skipped because the due date has passed: {steps}",
        };
    }

    private static string Postponed(InvoiceEvent e) =>
        e.Block is { } block ? $"Not reminded today: {ReasonText.Of(block)}"
        : e.Reason is EventReason.RecentNotice ? $"Step '{e.Step}' waits: a notice to the customer is dated {Date(e)}"
        : e.Reason is EventReason.OutsideSendWindow
            ? $"{Waiting(e)} until {Date(e)}: outside the hours in which messages are sent"
        : e.Reason is EventReason.NonBusinessDay ? $"{Waiting(e)} until {Date(e)}: no business day of the customer"
        : e.Reason is EventReason.FeedSilent
            ? $"{Waiting(e)}: nothing has come from {e.Provider} for longer than usual, so payments may be missing"
        : e.Reason is EventReason.QuietDay ? $"{Waiting(e)} until {Date(e)}: the policy sends nothing on these days"
        : e.Reason is EventReason.ContactCap
            ? $"{Waiting(e)} until {Date(e)}: the customer has got as many reminders as may be sent"
        : e.Reason is EventReason.RateLimited ? $"{Waiting(e)} until {Date(e)}: the messages of the day are used up"
        : $"Will be retried by {Channels(e)}{Colon(e.Text)}";

    private static string Waiting(InvoiceEvent e) => e.Step is { } step ? $"Step '{step}' waits" : "What is due waits";

    private static string Sent(InvoiceEvent e) =>
        e.Decision is not null ? $"Confirmed as sent by {Channels(e)}, decided{By(e)}"
        : e.Reason is EventReason.ConfirmedByProvider
            ? $"Sent by {Channels(e)}: confirmed by the provider after the sender had stopped"
        : e.Channels is [Channel.Call] ? $"Called{By(e)}"
        : e is { Channels: [Channel.Letter], Date: not null }
            ? $"Letter posted on {Date(e)}{Colon(e.Message?.TrackingNumber)}{By(e)}"
        : $"Sent by {Channels(e)}{Colon(e.Message?.Subject ?? e.Message?.Body)}";

    private static string NotSent(InvoiceEvent e) =>
        e.Block switch
        {
            DunningBlock.NotRepeated => $"May have been sent by {Channels(e)}; left at that, decided{By(e)}",
            DunningBlock.Discarded => $"Not sent by {Channels(e)}: discarded{By(e)}",
            DunningBlock.NoAddress when e.Notice is null && e.Step is null =>
                $"Nothing can be sent: {ReasonText.Of(DunningBlock.NoAddress)}",
            DunningBlock.NoAddress when e.Notice is null =>
                $"Step '{e.Step}' could not be sent: there is no address for {Channels(e, " or ")}",
            { } block => $"Not sent by {Channels(e)}: {ReasonText.Of(block)}",
            null => $"Not sent by {Channels(e)}",
        };

    private static string InDoubt(InvoiceEvent e) =>
        e.Reason is EventReason.Restored
            ? $"Step '{e.Step}' may have been taken since the backup of {Date(e)} that the data were restored from: a "
                + "person decides whether its messages were sent"
        : e.Block is { } block
            ? $"May or may not have been sent by {Channels(e)}; the outcome is no longer traced: "
                + ReasonText.Of(block)
        : $"May or may not have been sent by {Channels(e)}{Colon(e.Text)}";

    private static string Settled(InvoiceEvent e) =>
        e.Reason switch
        {
            EventReason.WithinTolerance => $"Settled: the shortfall of {e.Amount} is within the policy's tolerance",
            EventReason.Overpaid => $"Settled; overpaid by {e.Amount}: review the credit",
            _ => "Settled in full",
        };

    private static string Reopened(InvoiceEvent e)
    {
        const string resume = "; resume the invoice to continue reminders";
        var why = e.Reason switch
        {
            EventReason.Refunded => "the payment was refunded" + resume,
            EventReason.ChargedBack => "the payment was charged back" + resume,
            EventReason.PaymentDisputed => $"disputed at {PaymentEventText.NameOf(e.Provider)}{Colon(e.Text)}{resume}",
            EventReason.PaymentRemoved => "the recorded payment was taken back",
            EventReason.WriteOffRemoved => "the write-off was taken back",
            EventReason.UnmatchedPayment => "the payment was assigned to another invoice",
            EventReason.FailedAfterAll => "the payment failed after all",
            _ when e.Block is { } block => ReasonText.Of(block) + resume,
            _ => "less was paid than first reported",
        };
        return $"Reopened with {e.Owed} owed: {why}";
    }

    private static string Resumed(InvoiceEvent e) =>
        e.Reason switch
        {
            EventReason.HoldOver => $"The hold is over{Colon(e.Text)}",
            EventReason.StepApproved => $"Step '{e.Step}' approved{Colon(e.Text)}",
            EventReason.PaymentOutcomeKnown => "The outcome of the payment is known: reminders continue",
            EventReason.RefundFailed => "The refund was not completed: reminders continue",
            EventReason.DisputeOver => "The dispute is over: reminders continue",
            _ => $"Resumed{Colon(e.Text)}",
        };

    private static string Task(InvoiceEvent e) =>
        e.Reason switch
        {
            EventReason.PaymentMissing =>
                "A payment was announced and has not arrived: ask the bank or the payment provider, then record the "
                    + "payment or resume the invoice",
            EventReason.CorrectionUncertain =>
                "Decide what this document changes: several invoices have the number that it names, or more was set "
                    + "off than it still says. Void what is not owed, then resume it",
            EventReason.PlanNotConfirmed =>
                "The confirmation of the payment plan did not arrive: a part that is missed does not make the rest "
                    + "fall due. Correct the contact and agree the plan again",
            EventReason.RetainerUsedUp =>
                $"The money paid in advance ({e.Document}) is used up by this invoice: ask the customer to renew it",
            EventReason.CollectionUnknown =>
                "The money should have been collected, and neither payment nor failure was reported: ask the bank or "
                    + "the payment provider, then record the payment, or resume the invoice to have the customer asked",
            EventReason.NoAddressLeft =>
                "A reminder could not be delivered and there is no other address to use. Please find out how to reach "
                    + "the customer, and correct the contact.",
            EventReason.PolicyRemoved =>
                $"Policy {e.Policy!.Former} is in no policies file any more: the invoice goes on with "
                    + $"{e.Policy.Successor}. Check its next step; put the version back for invoices that still "
                    + "have it",
            EventReason.UnusableAccount =>
                "The invoice names an account that cannot be used: correct it in the source. Messages name no "
                    + "account until then",
            EventReason.LetterNotAllowed => $"The letter of step '{e.Step}' was not sent"
                + (e.LetterRefusal is { } refusal ? $": {ReasonText.Of(refusal)}" : "")
                + ". Decide what follows",
            EventReason.CustomerUncertain => "Decide whose invoice this is: see GET /api/manage/customers/questions",
            _ => e.Text ?? $"Step '{e.Step}' needs a person to act",
        };

    private static string Decided(InvoiceEvent e) =>
        e.Reason switch
        {
            EventReason.UnappliedPayment => $"A payment that could not be applied was "
                + $"{(e.Decision is OperatorDecisionKind.Replayed ? "tried again" : "discarded")}{By(e)}",
            EventReason.UnmatchedPayment => PaymentEventText.Decided(e),
            EventReason.MessageInDoubt => $"May have been sent by {Channels(e)}; to be sent again, decided{By(e)}",
            EventReason.CustomersMerged => $"Customer {e.Customer} was merged into this one{By(e)}",
            _ => $"A failed attempt by {Channels(e)} was {Lower(e.Decision)}{By(e)}",
        };

    internal static string By(InvoiceEvent e) => OperatorDecision.Words(e.By, e.Text);

    private static string Channels(InvoiceEvent e, string separator = ", ") =>
        string.Join(separator, (e.Channels ?? []).Select(channel => channel.Name()));

    private static string? Date(InvoiceEvent e) => e.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Fields(InvoiceEvent e) =>
        string.Join(", ", (e.Fields ?? []).Select(field => field.ToString().ToLowerInvariant()));

    private static string? Lower(OperatorDecisionKind? decision) => decision?.ToString().ToLowerInvariant();

    private static string Quote(string? text) => text is null ? "" : $": “{text}”";

    /// <summary>A text that erasure may have removed.</summary>
    internal static string Colon(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text}";
}
