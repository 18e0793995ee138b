#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Storage.Queues.Models;

public class QueueProperties
{
    /// <summary>Includes the messages that are invisible now; never lower than the true number.</summary>
    public int ApproximateMessagesCount { get; internal init; }
}
