namespace Dunning.Evidence;

/// <summary>What a pack is about.</summary>
/// <param name="Customer">The customer's id.</param>
/// <param name="Invoices">The ids of the invoices.</param>
internal sealed record EvidenceSubject(string Customer, IReadOnlyList<string> Invoices);
