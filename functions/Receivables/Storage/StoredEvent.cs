namespace Dunning.Receivables.Storage;

/// <summary>An event with its row key and version.</summary>
public sealed record StoredEvent(string Key, Versioned<InvoiceEvent> Event);
