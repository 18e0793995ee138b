namespace Dunning.Evidence;

/// <summary>The head of an invoice's event chain when the pack was made.</summary>
/// <param name="Invoice">The id of the invoice, <c>c…-i…</c>: the name of its file of events.</param>
/// <param name="Events">The number of the last event.</param>
/// <param name="Link">Of the last event.</param>
internal sealed record ManifestChain(string Invoice, long Events, string Link);
