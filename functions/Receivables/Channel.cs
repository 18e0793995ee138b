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
}

internal static class ChannelName
{
    /// <summary>The channel as ids, events and metrics name it.</summary>
    public static string Name(this Channel channel) => channel.ToString().ToLowerInvariant();
}
