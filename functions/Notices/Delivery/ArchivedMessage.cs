using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>One attempt to send a notice: the message that was given to the provider. Never changed.</summary>
/// <param name="InvoiceIds">Ids of the invoices that the message names; none for some statements.</param>
/// <param name="At">UTC; immediately before the provider was called.</param>
public sealed record ArchivedMessage(
    Channel Channel,
    NoticeId Notice,
    IReadOnlyList<string> InvoiceIds,
    DateTimeOffset At,
    MessageContent Content
) : StoredRecord;
