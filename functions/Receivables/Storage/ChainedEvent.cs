namespace Dunning.Receivables.Storage;

/// <summary>An event as it is stored.</summary>
/// <param name="Key">The row key.</param>
internal sealed record ChainedEvent(string Key, string Json);
