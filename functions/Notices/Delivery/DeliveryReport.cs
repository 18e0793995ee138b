using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>
/// A provider's final status of one message at one address. Duplicates and any order are harmless: only the first one
/// counts.
/// </summary>
/// <param name="Reason">The provider's text or code; empty when delivered.</param>
/// <param name="At">When the app received the report, UTC.</param>
public sealed record DeliveryReport(
    CustomerId CustomerId,
    NoticeId NoticeId,
    string Address,
    DeliveryStatus Status,
    string Reason,
    DateTimeOffset At
) : MessageRecord
{
    /// <summary>The number gets no SMS, and can be called.</summary>
    public bool IsLandline { get; init; }

    /// <summary>Who says that a letter came back; null for what a provider reports.</summary>
    public string? By { get; init; }
}
