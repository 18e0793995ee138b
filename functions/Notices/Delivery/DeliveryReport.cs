using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>
/// A provider's last word on one message at one address. Any number of these, in any order, is harmless: the first one
/// stands.
/// </summary>
/// <param name="Reason">The provider's words or code; empty when all is well.</param>
/// <param name="At">When we heard it, UTC.</param>
public sealed record DeliveryReport(
    string CustomerId,
    string NoticeId,
    string Address,
    DeliveryStatus Status,
    string Reason,
    DateTimeOffset At
);
