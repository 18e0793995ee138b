using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Dunning.Tests.Fuzzing;

/// <summary>Queues without a wire; what lies in them can be taken out.</summary>
internal sealed class MemoryQueues : QueueServiceClient
{
    private readonly Dictionary<string, Queue<string>> _messages = [];

    public override QueueClient GetQueueClient(string queueName) => new MemoryQueue(Of(queueName));

    public IEnumerable<string> Take(string queue)
    {
        while (Of(queue).TryDequeue(out var message))
            yield return message;
    }

    private Queue<string> Of(string queue) =>
        _messages.TryGetValue(queue, out var known) ? known : _messages[queue] = [];

    private sealed class MemoryQueue(Queue<string> messages) : QueueClient
    {
        /// <summary>Base64 makes four bytes of three.</summary>
        private const int LargestMessage = 48 * 1024;

        public override Task<Response<SendReceipt>> SendMessageAsync(
            string messageText,
            TimeSpan? visibilityTimeout = null,
            TimeSpan? timeToLive = null,
            CancellationToken cancellationToken = default
        )
        {
            if (Encoding.UTF8.GetByteCount(messageText) > LargestMessage)
                throw new RequestFailedException(400, "RequestBodyTooLarge");
            messages.Enqueue(messageText);
            return Task.FromResult(Response.FromValue<SendReceipt>(null!, Answered.Ok));
        }
    }
}
