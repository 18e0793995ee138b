namespace Dunning.Receivables.Storage;

/// <summary>An event with its place in the table.</summary>
public sealed record StoredEvent(string Key, Versioned<InvoiceEvent> Event);
