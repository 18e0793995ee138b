namespace Dunning.Receivables;

/// <summary>An incoming SMS, stored unchanged.</summary>
/// <param name="MessageSid">Twilio's message id.</param>
/// <param name="From">E.164.</param>
/// <param name="CustomerId">The customer with this number; null when no customer has it.</param>
/// <param name="Meaning">How it was classified.</param>
/// <param name="At">When we received it, UTC.</param>
public sealed record Reply(
    string MessageSid,
    string From,
    CustomerId? CustomerId,
    string Body,
    ReplyMeaning Meaning,
    DateTimeOffset At
) : StoredRecord
{
    /// <summary>A person is to answer it.</summary>
    public bool NeedsAnswer { get; init; }

    /// <summary>Null while nobody has answered.</summary>
    public NoteDone? Done { get; init; }

    /// <summary>UTC; set when a person has put the answer off.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Takes the place of the customer id in the row key, for numbers that no customer has.</summary>
    public static readonly CustomerId UnknownSender = new("nobody");
}

public enum ReplyMeaning
{
    /// <summary>A message for a person to answer.</summary>
    Message,

    /// <summary>Opts out of SMS.</summary>
    Stop,

    /// <summary>Opts in to SMS again.</summary>
    Start,
    Help,
}
