namespace Dunning.Explanations;

/// <summary>
/// What became of one invoice on one day: the catalogue of all reasons. <see cref="DayDecisionText"/> has the words;
/// a test shows that each can occur.
/// </summary>
public enum DayDecisionCode
{
    /// <summary>At least one message that names the invoice was given to a provider.</summary>
    Sent,

    /// <summary>Messages were given to a provider, which delivered none of them.</summary>
    NotDelivered,

    /// <summary>The invoice came on a later day.</summary>
    NotAccepted,

    /// <summary>The day lies before the release that records the decisions, or its events were deleted.</summary>
    NotRecorded,

    /// <summary>A step was due, and no scan decided about it on that day: the app did not run, for example.</summary>
    NotDecided,

    /// <summary>The next step falls due on a later day.</summary>
    NextStepLater,

    /// <summary>The last step of the policy was taken.</summary>
    NoFurtherStep,

    /// <summary>The plan stands: its next part falls due on the day given.</summary>
    PlanPart,

    /// <summary>The message was planned and not sent before the end of the day.</summary>
    Planned,

    /// <summary>The message was planned, and all sending was stopped.</summary>
    SendingStopped,

    /// <summary>It was too early or too late in the customer's day.</summary>
    OutsideSendWindow,

    /// <summary>A weekend or a public holiday of the customer.</summary>
    NonBusinessDay,

    /// <summary>A day on which the policy sends no reminder.</summary>
    QuietDay,

    /// <summary>A final notice or escalation waits, because payments may be missing.</summary>
    FeedSilent,

    /// <summary>The messages of the day were used up.</summary>
    RateLimited,

    /// <summary>The customer had got as many reminders as the law or the policy allows.</summary>
    ContactCap,

    /// <summary>The minimum days since the last reminder or step had not passed.</summary>
    RecentNotice,

    /// <summary>Folded into a notice that was sent about another step or invoice.</summary>
    Covered,

    /// <summary>A step was skipped: its time had passed.</summary>
    StepSkipped,

    /// <summary>The step is a task for a person.</summary>
    TaskForPerson,

    /// <summary>The step waits for a person's approval.</summary>
    AwaitsApproval,

    /// <summary>The provider refused the message.</summary>
    Rejected,

    /// <summary>It is not known whether the message was sent.</summary>
    InDoubt,

    /// <summary>The provider could not take the message; it is tried again.</summary>
    RetryLater,

    /// <summary>On hold, until a day or until somebody resumes it.</summary>
    OnHold,

    /// <summary>All that is owed is in dispute. A dispute of a part stops nothing.</summary>
    Disputed,

    /// <summary>The customer has promised to pay.</summary>
    Promised,

    /// <summary>The creditor collects the money by direct debit or card.</summary>
    Collected,

    /// <summary>A payment is on its way.</summary>
    PaymentPending,

    /// <summary>A payment was reported and not applied yet.</summary>
    PaymentReported,

    /// <summary>The next part of the plan waits for its milestone.</summary>
    MilestoneNotReached,

    /// <summary>Nothing was owed.</summary>
    NothingOwed,

    /// <summary>Paid.</summary>
    Settled,

    /// <summary>A person or the source gave up the claim.</summary>
    WrittenOff,

    /// <summary>Void.</summary>
    Void,

    /// <summary>The document is a credit note.</summary>
    Credited,

    /// <summary>The document asks for no payment.</summary>
    NoClaim,

    /// <summary>A corrected invoice takes its place.</summary>
    Replaced,

    /// <summary>The personal data are erased.</summary>
    Erased,

    /// <summary>The invoice is being moved from another customer.</summary>
    BeingMoved,

    /// <summary>The customer is not to be contacted.</summary>
    DoNotContact,

    /// <summary>The customer has written, and nobody has answered.</summary>
    ReplyNotAnswered,

    /// <summary>A letter of the last step was not posted, or its call not made.</summary>
    AwaitsPerson,

    /// <summary>There is no contact.</summary>
    NoAddress,

    /// <summary>The customer wants no text messages, and there is no other channel.</summary>
    OptedOut,

    /// <summary>The address bounced, and there is no other one.</summary>
    AddressDead,

    /// <summary>A task has no account manager to go to.</summary>
    NoAccountManager,

    /// <summary>The plan that the message confirms did not stand any more.</summary>
    PlanEnded,

    /// <summary>The invoice of a planned message no longer existed.</summary>
    InvoiceMissing,

    /// <summary>The invoice of a planned message was no longer open.</summary>
    InvoiceClosed,

    /// <summary>The invoice had left the step of the planned message.</summary>
    AnotherStep,

    /// <summary>The policy no longer had the step.</summary>
    StepRemovedFromPolicy,

    /// <summary>The message was for the time before the due date.</summary>
    DueDatePassed,

    /// <summary>The message was a formal letter that may not be sent, or that nobody has approved.</summary>
    LetterNotAllowed,

    /// <summary>A thank-you was not sent: the invoice was reopened.</summary>
    NoLongerSettled,

    /// <summary>A newer notice took the place of the planned one.</summary>
    NewerNotice,

    /// <summary>The message was planned anew, because two customers were merged.</summary>
    CustomersMerged,

    /// <summary>A person discarded the message.</summary>
    Discarded,

    /// <summary>The message may have been sent; a person decided not to repeat it.</summary>
    NotRepeated,
}
