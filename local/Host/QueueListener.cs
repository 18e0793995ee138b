using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>One queue and the function that takes its messages, at least once each.</summary>
internal sealed class QueueListener(
    QueueFunction function,
    QueueServiceClient storage,
    QueueSettings settings,
    IServiceScopeFactory scopes,
    ILogger log
)
{
    /// <summary>How long a message is ours; longer than any function may run (host.json, functionTimeout).</summary>
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly QueueClient _queue = storage.GetQueueClient(function.Queue);
    private readonly QueueClient _poison = storage.GetQueueClient($"{function.Queue}-poison");

    public string Queue => function.Queue;

    public async Task CreateAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(
            _queue.CreateIfNotExistsAsync(null, cancellationToken),
            _poison.CreateIfNotExistsAsync(null, cancellationToken)
        );

    /// <summary>Fetches one batch and runs it to its end.</summary>
    /// <returns>How many messages ran.</returns>
    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var messages = await ReceiveAsync(cancellationToken);
        await Task.WhenAll(messages.Select(message => RunAsync(message, cancellationToken)));
        return messages.Length;
    }

    /// <summary>Fetches and runs until told to stop; then waits for what is running.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        var running = new HashSet<Task>();
        var pause = _shortestPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var messages = await ReceiveOrNoneAsync(cancellationToken);
            running.UnionWith(messages.Select(message => RunAsync(message, cancellationToken)));
            while (running.Count > settings.NewBatchThreshold && messages.Length > 0)
                running.Remove(await Task.WhenAny(running));

            running.RemoveWhere(task => task.IsCompleted);
            pause =
                messages.Length > 0
                    ? _shortestPause
                    : Shorter(pause * 2, Shorter(_longestPause, settings.MaxPollingInterval));
            if (messages.Length == 0)
                await Task.WhenAny(Task.Delay(pause, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken) =>
        (await _queue.ReceiveMessagesAsync(settings.BatchSize, _lease, cancellationToken)).Value;

    /// <summary>Storage that is away for a while is no reason to stop listening.</summary>
    private async Task<QueueMessage[]> ReceiveOrNoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveAsync(cancellationToken);
        }
        catch (Exception failure)
            when (failure is RequestFailedException or AggregateException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                log.LogWarning("Queue {Queue} does not answer: {Reason}", function.Queue, failure.Message);
            return [];
        }
    }

    private async Task RunAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(message, cancellationToken);
        }
        catch (Exception failure)
        {
            await GiveBackAsync(message, failure, cancellationToken);
            return;
        }

        await CompleteAsync(message, () => _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt));
    }

    private async Task CallAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await FunctionCall.RunAsync(
            scope.ServiceProvider,
            function.Method,
            p => QueueBinding.Value(p, message, settings.Base64, cancellationToken)
        );
    }

    private Task GiveBackAsync(QueueMessage message, Exception failure, CancellationToken cancellationToken)
    {
        // Interrupted by us, not failed: another run may have it at once.
        if (cancellationToken.IsCancellationRequested)
            return CompleteAsync(message, () => MakeVisibleAsync(message, TimeSpan.Zero));

        log.LogWarning(
            failure,
            "{Function} failed on message {Id}, attempt {Attempt} of {Attempts}",
            function.Name,
            message.MessageId,
            message.DequeueCount,
            settings.MaxDequeueCount
        );
        return CompleteAsync(
            message,
            () =>
                message.DequeueCount >= settings.MaxDequeueCount
                    ? PoisonAsync(message)
                    : MakeVisibleAsync(message, settings.VisibilityTimeout)
        );
    }

    private async Task MakeVisibleAsync(QueueMessage message, TimeSpan after) =>
        await _queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.MessageText, after);

    /// <summary>A poisoned message waits for a person, so it never expires.</summary>
    private async Task PoisonAsync(QueueMessage message)
    {
        await _poison.SendMessageAsync(message.MessageText, null, TimeSpan.FromSeconds(-1));
        await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        log.LogWarning("Message {Id} went to {Queue}-poison", message.MessageId, function.Queue);
    }

    /// <summary>
    /// When storage does not take the outcome (it is away, or the lease is somebody else's now), the message comes
    /// again.
    /// </summary>
    private async Task CompleteAsync(QueueMessage message, Func<Task> outcome)
    {
        try
        {
            await outcome();
        }
        catch (Exception lost) when (lost is RequestFailedException or AggregateException)
        {
            log.LogWarning(
                "Message {Id} of {Queue} will come again: {Reason}",
                message.MessageId,
                function.Queue,
                lost.Message
            );
        }
    }
}
