using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>What a channel needs to prepare a message: the notice, the customer and the check's result.</summary>
public sealed record SendRequest(Notice Notice, Customer Customer, PreSendResult Check)
{
    /// <summary>What the message says of interest and fees; no entry for an invoice that it says nothing of.</summary>
    internal IReadOnlyDictionary<InvoiceId, InvoiceCharges> Charges { get; init; } =
        new Dictionary<InvoiceId, InvoiceCharges>();

    /// <summary>When a message of the forecast will be sent, UTC; null for one that is sent now.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Of the forecast: the messages before this one that are sent by then. They are not stored.</summary>
    public IReadOnlyList<InvoiceEvent> SentBefore { get; init; } = [];
}
