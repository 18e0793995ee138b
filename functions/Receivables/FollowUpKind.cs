namespace Dunning.Receivables;

/// <summary>
/// What waits for a person. The numbers order the list: first what may send wrongly or not at all, then people who wait
/// for an answer, then planned work, then data to correct. They are part of row keys.
/// </summary>
public enum FollowUpKind
{
    SendingStopped = 100,

    /// <summary>Nothing has come from a feed of payments for longer than is usual for it.</summary>
    FeedSilent = 200,
    InDoubt = 300,
    Poisoned = 400,
    UnmatchedPayment = 500,
    PaymentMissing = 600,
    CollectionUnknown = 601,

    /// <summary>The customer says that it is paid.</summary>
    PaymentClaimed = 602,
    CustomerUncertain = 700,
    Reply = 701,
    Dispute = 702,
    CorrectionUncertain = 703,
    PaymentRefunded = 704,

    /// <summary>The customer asks to pay in parts.</summary>
    PlanRequested = 705,
    Approval = 800,

    /// <summary>A claim that was reported to a credit agency is paid, closed or in dispute.</summary>
    WithdrawCreditReport = 801,
    PromiseBroken = 900,
    PartMissed = 901,
    PlanBroken = 902,
    NoContact = 1000,
    PlanNotConfirmed = 1001,

    /// <summary>A step of the policy that a person takes, such as a call.</summary>
    PolicyStep = 1100,

    /// <summary>A call that is due: see <see cref="Channel.Call"/>.</summary>
    Call = 1101,

    /// <summary>A letter to print and to post.</summary>
    Letter = 1102,
    Note = 1200,
    RetainerUsedUp = 1300,
    UnusableAccount = 1301,
    PolicyRemoved = 1302,
}
