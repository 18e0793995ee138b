using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>What a channel needs to prepare a message: the notice, the customer and the check's result.</summary>
public sealed record SendRequest(Notice Notice, Customer Customer, PreSendResult Check)
{
    /// <summary>When a message of the forecast will be sent, UTC; null for one that is sent now.</summary>
    public DateTimeOffset? SentAt { get; init; }
}
