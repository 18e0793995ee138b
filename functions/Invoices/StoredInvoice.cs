using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>What is stored when a document arrives.</summary>
/// <param name="Id">Under which the document is stored, or will be.</param>
/// <param name="Account">The customer's rows; null for a new customer.</param>
/// <param name="Known">The invoice, open or closed; null for a new one.</param>
internal sealed record StoredInvoice(InvoiceId Id, CustomerAccount? Account, Versioned<Invoice>? Known)
{
    /// <summary>
    /// Ids of webhook deliveries with payments that arrived before the invoice. They become pending payment marks, so
    /// that no reminder is sent until they are applied.
    /// </summary>
    public IReadOnlyList<string> AwaitingPayments { get; init; } = [];

    /// <summary>How the customer pays; null where no policy depends on it, and of a new customer.</summary>
    public PayerBehaviour? Behaviour { get; init; }

    /// <summary>How the customer was found; null where that is no question.</summary>
    public CustomerMatch? Match { get; init; }

    /// <summary>The corrected invoice that came before this one, which it replaces; null for none.</summary>
    public InvoiceId? ReplacedBy { get; init; }

    public bool IsErased => Account is not null && Known is { Value.ErasedAt: not null };

    /// <summary>A new invoice that may belong to several customers.</summary>
    public bool IsUncertain => Known is null && Match is { Choices.Count: > 0 };
}
