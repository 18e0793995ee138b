using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Queue message: a notice in the outbox, to be checked and sent. Duplicates are harmless.
/// </summary>
public sealed record NoticeReady(CustomerId CustomerId, NoticeId NoticeId) : MessageRecord;
