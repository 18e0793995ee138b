using Dunning.Charges;
using Dunning.Notices.Delivery;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary>All that was read for a pack.</summary>
/// <param name="Replies">What the customer wrote, oldest first.</param>
/// <param name="Today">In the customer's zone.</param>
internal sealed record CustomerCase(
    Customer Customer,
    IReadOnlyList<InvoiceCase> Invoices,
    IReadOnlyList<Reply> Replies,
    DateTimeOffset Now,
    DateOnly Today
);

/// <param name="Events">Those that can be read, oldest first.</param>
/// <param name="Interest">Up to today.</param>
internal sealed record InvoiceCase(
    Invoice Invoice,
    StoredChain Chain,
    IReadOnlyList<InvoiceEvent> Events,
    IReadOnlyList<LedgerEntry> Ledger,
    LateCharges Charges,
    InterestView Interest,
    IReadOnlyList<CaseDocument> Documents,
    IReadOnlyList<CaseMessage> Messages
);

/// <param name="Content">Null when it is not stored.</param>
internal sealed record CaseDocument(SupportingDocument Document, byte[]? Content);

/// <summary>One message that was given to a provider.</summary>
/// <param name="Given">The event that says so.</param>
/// <param name="Events">What was recorded of its notice, the first one included.</param>
/// <param name="Sent">The row with the delivery status; null after an erasure.</param>
/// <param name="Archived">Null when it is not in the archive.</param>
/// <param name="Files">The attachments with their contents.</param>
internal sealed record CaseMessage(
    InvoiceEvent Given,
    IReadOnlyList<InvoiceEvent> Events,
    SentMessage? Sent,
    ArchivedMessage? Archived,
    IReadOnlyList<CaseFile> Files
)
{
    /// <summary>It was accepted by the provider, as far as is known.</summary>
    public bool WasSent => Given.Kind is EventKind.Sent;

    /// <summary>False for a copy to a management or to the creditor's own people.</summary>
    public bool IsToCustomer => Given.Channels?.Contains(Channel.Escalation) is not true;

    /// <summary>
    /// When the provider reported it as delivered to the main recipient, UTC; null while it has not. Copies prove
    /// nothing, and neither does a report whose address was erased.
    /// </summary>
    public DateTimeOffset? DeliveredAt => LastReport(EventKind.Delivered)?.At;

    public InvoiceEvent? LastReport(EventKind kind) =>
        Given.Message?.To is [var main, ..]
            ? Events.LastOrDefault(e =>
                e.Kind == kind
                && e.At >= Given.At
                && e.Message?.To?.Contains(main, StringComparer.OrdinalIgnoreCase) is true
            )
            : null;

    /// <summary>The attachments that are not stored any more.</summary>
    public IEnumerable<string> LostFiles =>
        (Archived?.Content.Files ?? [])
            .Where(file => file.ContentId is null)
            .Select(file => file.Name)
            .Except(Files.Select(file => file.Name));
}

internal sealed record CaseFile(string Name, byte[] Content);
