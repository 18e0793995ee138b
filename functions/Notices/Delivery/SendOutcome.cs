namespace Dunning.Notices.Delivery;

/// <summary>What is known after handing one message to a provider.</summary>
public abstract record SendOutcome
{
    /// <summary>What is worth keeping with the event.</summary>
    public abstract IReadOnlyDictionary<string, string> Details { get; }

    /// <summary>The provider accepted it; whether it arrives is told later.</summary>
    public sealed record Sent(string ProviderMessageId) : SendOutcome
    {
        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { ["providerMessageId"] = ProviderMessageId };
    }

    /// <summary>Refused for good: the same message will not go through later.</summary>
    /// <param name="AddressIsDead">
    /// True when the recipient's address or number is the cause, so that nothing more is sent to it.
    /// </param>
    public sealed record Rejected(string Code, string Reason, bool AddressIsDead = false) : SendOutcome
    {
        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { ["code"] = Code, ["reason"] = Reason };
    }

    /// <summary>Surely not accepted; may go through later.</summary>
    /// <param name="After">The wait the provider asked for, if it named one.</param>
    /// <param name="IsConfigurationError">
    /// Something of ours has to be repaired first (an account, a sender, a domain): nothing about this message is
    /// wrong.
    /// </param>
    public sealed record RetryLater(TimeSpan? After, string Reason, bool IsConfigurationError = false) : SendOutcome
    {
        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { ["reason"] = Reason };
    }

    /// <summary>
    /// It may have been accepted: never sent again without a person's decision or the provider's word.
    /// </summary>
    public sealed record Unknown(string Reason) : SendOutcome
    {
        public override IReadOnlyDictionary<string, string> Details =>
            new Dictionary<string, string> { ["reason"] = Reason };
    }

    /// <summary>The host is going down and nothing was sent yet: the notice keeps its place.</summary>
    public static SendOutcome NotStarted { get; } = new RetryLater(null, "Stopped before anything was sent.");
}
