namespace Dunning.Notices.Delivery;

/// <summary>
/// A notice lies in the outbox: look at it and send it if it still should be. Any number of these for one notice is
/// harmless.
/// </summary>
public sealed record NoticeReady(string CustomerId, string NoticeId);
