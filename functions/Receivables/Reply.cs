namespace Dunning.Receivables;

/// <summary>A text message that came in, kept word for word.</summary>
/// <param name="MessageSid">Twilio's id of it.</param>
/// <param name="From">E.164.</param>
/// <param name="CustomerId">Whose number it is; null for a number that nobody here has.</param>
/// <param name="Meaning">What it was taken for.</param>
/// <param name="At">When we received it, UTC.</param>
public sealed record Reply(
    string MessageSid,
    string From,
    string? CustomerId,
    string Body,
    ReplyMeaning Meaning,
    DateTimeOffset At
)
{
    /// <summary>Stands where a customer's id would, for numbers that nobody here has.</summary>
    public const string UnknownSender = "nobody";
}

public enum ReplyMeaning
{
    /// <summary>Something for a person to answer.</summary>
    Message,

    /// <summary>No more text messages.</summary>
    Stop,

    /// <summary>Text messages again.</summary>
    Start,
    Help,
}
