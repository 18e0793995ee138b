namespace Dunning.Replies.Mail;

/// <summary>
/// What becomes of a message in the inbox after it was stored here: setting <c>Inbox__AfterReading</c>.
/// </summary>
public enum AfterReading
{
    /// <summary>Nothing: people see it as new.</summary>
    Leave,
    MarkSeen,

    /// <summary>It is moved to another folder.</summary>
    Move,
}
