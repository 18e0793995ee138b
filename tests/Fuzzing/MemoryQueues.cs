using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Dunning.Tests.Fuzzing;

/// <summary>In-memory queues whose messages can be taken out.</summary>
internal sealed class MemoryQueues : QueueServiceClient
{
    private readonly Dictionary<string, Queue<string>> _messages = [];

    public override QueueClient GetQueueClient(string queueName) => new MemoryQueue(MessagesOf(queueName));

    public IEnumerable<string> Take(string queue)
    {
        while (MessagesOf(queue).TryDequeue(out var message))
            yield return message;
    }

    private Queue<string> MessagesOf(string queue) =>
        _messages.TryGetValue(queue, out var known) ? known : _messages[queue] = [];

    private sealed class MemoryQueue(Queue<string> messages) : QueueClient
    {
        /// <summary>48 KB of text are 64 KB in base64, the limit of the service.</summary>
        private const int MaxMessageBytes = 48 * 1024;

        public override Task<Response<SendReceipt>> SendMessageAsync(
            string messageText,
            TimeSpan? visibilityTimeout = null,
            TimeSpan? timeToLive = null,
            CancellationToken cancellationToken = default
        )
        {
            if (Encoding.UTF8.GetByteCount(messageText) > MaxMessageBytes)
                throw new RequestFailedException(400, "RequestBodyTooLarge");
            messages.Enqueue(messageText);
            return Task.FromResult(Response.FromValue<SendReceipt>(null!, OkResponse.Ok));
        }
    }
}
