namespace Dunning.Notices.Delivery;

/// <summary>What is known after giving one message to a provider.</summary>
public abstract record SendOutcome
{
    /// <summary>The provider accepted the message; a delivery report may follow.</summary>
    public sealed record Sent(string ProviderMessageId) : SendOutcome;

    /// <summary>Refused permanently: another attempt would be refused, too.</summary>
    /// <param name="AddressIsDead">
    /// The recipient's address or number is the cause, so nothing more is sent to it.
    /// </param>
    public sealed record Rejected(string Code, string Reason, bool AddressIsDead = false) : SendOutcome
    {
        /// <inheritdoc cref="DeliveryReport.IsLandline"/>
        public bool IsLandline { get; init; }
    }

    /// <summary>Certainly not accepted; a later attempt may succeed.</summary>
    /// <param name="After">The wait that the provider asked for; null when it asked for none.</param>
    /// <param name="IsConfigurationError">
    /// The creditor's setup has to be corrected first (account, sender, domain); the message itself is not the cause.
    /// </param>
    public sealed record RetryLater(TimeSpan? After, string Reason, bool IsConfigurationError = false) : SendOutcome;

    /// <summary>
    /// The provider may have accepted it: sent again only if a person decides so, or if the provider reports that it
    /// never accepted the message.
    /// </summary>
    public sealed record Unknown(string Reason) : SendOutcome;

    /// <summary>Sending was stopped after the notice was read and before its message was sent.</summary>
    public static SendOutcome Stopped { get; } = new RetryLater(null, "All sending is stopped: nothing was sent.");

    /// <summary>The host is stopping, and nothing was sent.</summary>
    public static SendOutcome NotStarted { get; } = new RetryLater(null, "The app stopped before anything was sent.");
}
