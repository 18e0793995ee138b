using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>Why no message about an open invoice is sent within the span.</summary>
public sealed record NoMessage(NoMessageReason Reason)
{
    /// <summary>What stands in the way, where it is the invoice, its agreement or its customer.</summary>
    public DunningBlock? Block { get; init; }

    /// <summary>Only with a hold.</summary>
    public Hold? Hold { get; init; }

    /// <summary>
    /// The end of the hold, the promised day, or the day of the next step; in the customer's zone. Null when only a
    /// person or an event ends the silence.
    /// </summary>
    public DateOnly? On { get; init; }

    /// <summary>The step that waits for approval or comes next.</summary>
    public StepId? Step { get; init; }

    /// <param name="context">At the end of the span.</param>
    /// <param name="invoice">As it is then.</param>
    internal static NoMessage Of(DunningContext context, CustomerAccount account, Invoice invoice) =>
        OfCustomer(context.Customer)
        ?? (invoice.BlockAt(context.Now) is { } block and not DunningBlock.Collected ? OfBlock(invoice, block) : null)
        ?? (
            Schedule.AwaitsAnswer(context, invoice)
                ? Blocked(NoMessageReason.ReplyNotAnswered, DunningBlock.ReplyNotAnswered)
                : null
        )
        ?? OfNext(context, account, invoice)
        ?? (
            invoice.IsCollected
                ? new(NoMessageReason.Collected)
                {
                    Block = DunningBlock.Collected,
                    On = invoice.Document.Collection?.On,
                }
            : !ContactChannels.CanRemind(context.Customer, context.Rules) ? OfAddress(context.Customer)
            : new(NoMessageReason.LastStepTaken) { Step = invoice.Dunning.Step }
        );

    private static NoMessage? OfCustomer(Customer customer) =>
        customer.ErasedAt is not null ? Blocked(NoMessageReason.Erased, DunningBlock.Erased)
        : customer.Merge is not null ? Blocked(NoMessageReason.CustomersMerged, DunningBlock.CustomersMerged)
        : customer.DoNotContact ? Blocked(NoMessageReason.DoNotContact, DunningBlock.DoNotContact)
        : null;

    private static NoMessage OfBlock(Invoice invoice, DunningBlock block) =>
        block switch
        {
            DunningBlock.OnHold => OfHold(invoice.Dunning.Hold!),
            DunningBlock.Promised => Blocked(NoMessageReason.Promised, block) with
            {
                On = invoice.Agreements.Promise!.On,
            },
            DunningBlock.Disputed => Blocked(NoMessageReason.Disputed, block),
            DunningBlock.PaymentReported => Blocked(NoMessageReason.PaymentReported, block),
            DunningBlock.PaymentPending => Blocked(NoMessageReason.PaymentPending, block),
            DunningBlock.MilestoneNotReached => Blocked(NoMessageReason.MilestoneNotReached, block),
            DunningBlock.BeingMoved => Blocked(NoMessageReason.CustomersMerged, block),
            DunningBlock.Erased => Blocked(NoMessageReason.Erased, block),
            _ => Blocked(NoMessageReason.NothingOwed, block),
        };

    private static NoMessage OfHold(Hold hold) =>
        Blocked(
            hold.Reason switch
            {
                HoldReason.AwaitsApproval => NoMessageReason.AwaitsApproval,
                HoldReason.Requested or HoldReason.PausedBySource or HoldReason.HandedOver => NoMessageReason.OnHold,
                _ => NoMessageReason.AwaitsPerson,
            },
            DunningBlock.OnHold
        ) with
        {
            Hold = hold,
            On = hold.Until,
            Step = hold.ApprovalFor,
        };

    /// <summary>What is planned and waits for the send window, else the next step.</summary>
    private static NoMessage? OfNext(DunningContext context, CustomerAccount account, Invoice invoice)
    {
        var planned =
            from notice in account.Notices
            where notice.Value is { State: NoticeState.Planned, Channel: not Channel.Escalation }
            from line in notice.Value.Lines
            where line.InvoiceId == invoice.Id.Invoice && line.Step is not null
            select (notice.Value.NotBefore, line.Step);
        var next = planned.Select(p => ((DateTimeOffset At, StepId? Step)?)p).FirstOrDefault();
        if (next is null && invoice.Dunning.Next is { } step && !DunningSchedule.IsReserved(step.Step))
            next = (step.At, step.Step);
        return next is { } found
            ? new(NoMessageReason.Later) { On = context.DayOf(found.At), Step = found.Step }
            : null;
    }

    private static NoMessage OfAddress(Customer customer) =>
        Blocked(
            customer.OptOuts.Count > 0 ? NoMessageReason.OptedOut : NoMessageReason.NoAddress,
            DunningBlock.NoAddress
        );

    private static NoMessage Blocked(NoMessageReason reason, DunningBlock block) => new(reason) { Block = block };
}

/// <summary>
/// The reasons by which silent invoices are counted and filtered. In words: <see cref="NoMessageText"/>.
/// </summary>
public enum NoMessageReason
{
    /// <summary>The next step falls due after the span.</summary>
    Later,

    /// <summary>All steps of the policy have been taken.</summary>
    LastStepTaken,

    /// <summary>All sending is stopped; without that there would be a message.</summary>
    SendingStopped,
    OnHold,

    /// <summary>A step is taken only after a person has approved it.</summary>
    AwaitsApproval,

    /// <summary>The invoice is on hold because a person has to find something out.</summary>
    AwaitsPerson,
    Disputed,
    Promised,
    MilestoneNotReached,

    /// <summary>The creditor collects the money.</summary>
    Collected,

    /// <summary>A payment has been reported and is not applied yet.</summary>
    PaymentReported,

    /// <summary>A payment is on its way.</summary>
    PaymentPending,
    NothingOwed,
    NoAddress,

    /// <summary>The only way to reach the customer is a number whose owner has opted out.</summary>
    OptedOut,
    DoNotContact,

    /// <summary>The customer has written, and nobody has answered.</summary>
    ReplyNotAnswered,
    CustomersMerged,
    Erased,
}
