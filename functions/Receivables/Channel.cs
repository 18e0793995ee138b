namespace Dunning.Receivables;

public enum Channel
{
    Email,
    Sms,

    /// <summary>
    /// Escalation copies to the customer's management and the account manager, and follow-ups for the account manager;
    /// by email.
    /// </summary>
    Escalation,

    /// <summary>A person calls the customer and records what was said.</summary>
    Call,

    /// <summary>A letter on paper: a person prints it, posts it and says when.</summary>
    Letter,
}

internal static class ChannelTraits
{
    /// <summary>The channel as ids, events and metrics name it.</summary>
    public static string Name(this Channel channel) => channel.ToString().ToLowerInvariant();

    /// <summary>No provider is called: the notice waits until a person has done it.</summary>
    public static bool IsByPerson(this Channel channel) => channel is Channel.Call or Channel.Letter;
}
