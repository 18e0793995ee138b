#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Storage.Queues.Models;

public class SendReceipt
{
    internal SendReceipt()
    {
    }

    public string MessageId { get; internal init; }

    public DateTimeOffset InsertionTime { get; internal init; }

    public DateTimeOffset ExpirationTime { get; internal init; }

    public string PopReceipt { get; internal init; }

    public DateTimeOffset TimeNextVisible { get; internal init; }
}
