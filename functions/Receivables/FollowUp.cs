namespace Dunning.Receivables;

/// <summary>What the account manager is asked to do.</summary>
public sealed record FollowUp(FollowUpReason Reason) : StoredRecord
{
    /// <summary>What the policy says, or what the customer wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The way in which the customer wrote.</summary>
    public ReplyChannel Channel { get; init; }

    /// <summary>The sender of the customer's message: a phone number (E.164) or an email address.</summary>
    public string? From { get; init; }
}

public enum FollowUpReason
{
    PolicyStep,
    PaymentMissing,
    NoAddressLeft,
    OnlyChannelOptedOut,
    Reply,

    /// <summary>A reply that may ask for no more messages.</summary>
    ReplyMayOptOut,
    CollectionUnknown,
    RetainerUsedUp,
}
