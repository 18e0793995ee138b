#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Storage.Queues.Models;

public class UpdateReceipt
{
    internal UpdateReceipt()
    {
    }

    public string PopReceipt { get; internal init; }

    public DateTimeOffset NextVisibleOn { get; internal init; }
}
