namespace Dunning.Receivables.Storage;

/// <summary>A customer's erasure that is under way: the row is there until its last move is written.</summary>
/// <param name="Numbers">Under which the customer was found; the look-up rows go before this one does.</param>
/// <param name="RequestedAt">Invoices accepted later belong to a customer who has come back, UTC.</param>
public sealed record ErasureRequest(string CustomerId, DateTimeOffset RequestedAt, IReadOnlyList<string> Numbers);
