namespace Dunning.Portal.Answers;

/// <summary>How a customer can answer, in the order in which the page offers it.</summary>
public enum AnswerKind
{
    WillPay,
    HasPaid,
    InParts,
    Question,
    Complaint,
    OtherContact,
    Preferences,
    TakeBack,
}
