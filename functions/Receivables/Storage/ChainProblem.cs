namespace Dunning.Receivables.Storage;

/// <param name="Number">Of the event; of removed events, the first number. Null when the event has none.</param>
/// <param name="Key">Of the event; null for removed events and for the head.</param>
/// <param name="Count">How many events in a row were removed; 1 for other problems.</param>
internal sealed record ChainProblem(ChainProblemCode Code, long? Number, string? Key, long Count = 1);
