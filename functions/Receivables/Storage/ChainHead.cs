namespace Dunning.Receivables.Storage;

/// <summary>The last link of an invoice's events, a row of its own: shows when the last events were removed.</summary>
public sealed record ChainHead(long Number, string Link) : StoredRecord;
