namespace Dunning.Receivables.Storage;

/// <summary>What the check of an invoice's events found.</summary>
/// <param name="Events">How many were checked.</param>
/// <param name="Erased">How many of them have no personal data any more: their content cannot be checked.</param>
/// <param name="Unchained">
/// How many are from before there was a chain: they come before its first event, and nothing shows whether they were
/// changed.
/// </param>
internal sealed record ChainCheck(int Events, int Erased, int Unchained, IReadOnlyList<ChainProblem> Problems);
