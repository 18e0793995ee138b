namespace Dunning.Receivables;

/// <summary>
/// Why no message may demand payment of an invoice, or why a planned message is not sent. In words:
/// <see cref="ReasonText"/>.
/// </summary>
public enum DunningBlock
{
    Settled,
    Void,
    WrittenOff,
    Credited,
    NoClaim,

    /// <summary>A corrected invoice takes its place.</summary>
    Replaced,

    /// <summary>The personal data of the invoice or its customer are erased.</summary>
    Erased,

    /// <summary>The invoice is being moved from another customer.</summary>
    BeingMoved,
    NothingOwed,

    /// <summary>A payment has been reported and is not applied yet.</summary>
    PaymentReported,
    Disputed,
    OnHold,

    /// <summary>A payment is on its way.</summary>
    PaymentPending,

    /// <summary>The customer has promised to pay by a day that has not passed.</summary>
    Promised,

    /// <summary>The creditor collects the money by direct debit or card.</summary>
    Collected,

    /// <summary>The next part of the plan falls due on a milestone that is not reached.</summary>
    MilestoneNotReached,

    /// <summary>The plan that the message confirms does not stand any more.</summary>
    PlanEnded,

    /// <summary>The invoice of a planned message no longer exists.</summary>
    InvoiceMissing,

    /// <summary>The invoice of a planned message is no longer open.</summary>
    InvoiceClosed,

    /// <summary>The invoice has left the step for which the message was planned.</summary>
    AnotherStep,
    StepRemovedFromPolicy,

    /// <summary>The message was planned for the time before the due date.</summary>
    DueDatePassed,

    /// <summary>A formal letter: see <see cref="LetterRefusal"/>.</summary>
    LetterNotAllowed,

    /// <summary>A thank-you is not sent: the invoice was reopened.</summary>
    NoLongerSettled,
    DoNotContact,

    /// <summary>The customer has written, and nobody has answered.</summary>
    ReplyNotAnswered,

    /// <summary>A letter of the last step is not posted yet, or its call not made.</summary>
    AwaitsPerson,

    /// <summary>There is no address on the channel, and there was none that failed.</summary>
    NoAddress,

    /// <summary>The customer wants no text messages, and there is no other channel.</summary>
    OptedOut,

    /// <summary>The provider rejected the address permanently, and there is no other one.</summary>
    AddressDead,
    NoAccountManager,

    /// <summary>A newer notice on the same channel replaces it.</summary>
    NewerNotice,

    /// <summary>The message is planned anew, because two customers are merged.</summary>
    CustomersMerged,

    /// <summary>A person discarded the message.</summary>
    Discarded,

    /// <summary>The message may have been sent; a person decided not to repeat it.</summary>
    NotRepeated,

    /// <summary>A feed of payments is silent: whoever gets the message may have paid.</summary>
    FeedSilent,
}
