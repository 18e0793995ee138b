#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Storage.Queues.Models;

public class PeekedMessage
{
    internal PeekedMessage()
    {
    }

    public string MessageId { get; internal init; }

    public string MessageText => Body?.ToString();

    public BinaryData Body { get; internal init; }

    public DateTimeOffset? InsertedOn { get; internal init; }

    public DateTimeOffset? ExpiresOn { get; internal init; }

    public long DequeueCount { get; internal init; }
}
