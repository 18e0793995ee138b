namespace Dunning.Receivables.Storage;

/// <summary>
/// Others changed a customer's rows each time between reading and writing them. The same request or message succeeds
/// later.
/// </summary>
public sealed class ConcurrencyException(CustomerId customerId)
    : Exception($"The rows of customer {customerId} were changed by others again and again: try again.");
