using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Dunning.PolicyVersions;
using Dunning.Recovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>Receives the messages of one queue and runs its function, at least once per message.</summary>
internal sealed class QueueListener(
    QueueFunction function,
    QueueServiceClient storage,
    QueueSettings settings,
    IServiceScopeFactory scopes,
    ILogger log
)
{
    /// <summary>
    /// How long a received message is hidden; longer than any function may run (functionTimeout in host.json).
    /// </summary>
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _minPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _maxPause = TimeSpan.FromSeconds(1);

    private readonly QueueClient _queue = storage.GetQueueClient(function.Queue);
    private readonly QueueClient _poison = storage.GetQueueClient($"{function.Queue}-poison");

    public string Queue => function.Queue;

    /// <summary>Receives one batch and runs it to completion.</summary>
    /// <returns>The number of messages.</returns>
    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var messages = await ReceiveAsync(cancellationToken);
        await Task.WhenAll(messages.Select(message => RunAsync(message, cancellationToken)));
        return messages.Length;
    }

    /// <summary>Receives and runs messages until cancelled; then waits for running functions.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        var running = new HashSet<Task>();
        var pause = _minPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var messages = await ReceiveOrNoneAsync(cancellationToken);
            running.UnionWith(messages.Select(message => RunAsync(message, cancellationToken)));
            while (running.Count > settings.NewBatchThreshold && messages.Length > 0)
                running.Remove(await Task.WhenAny(running));

            running.RemoveWhere(task => task.IsCompleted);
            pause = messages.Length > 0 ? _minPause : Min(pause * 2, Min(_maxPause, settings.MaxPollingInterval));
            if (messages.Length == 0)
                await Task.WhenAny(Task.Delay(pause, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken) =>
        (await _queue.ReceiveMessagesAsync(settings.BatchSize, _lease, cancellationToken)).Value;

    /// <summary>Does not throw when storage is unreachable, so that the listener continues.</summary>
    private async Task<QueueMessage[]> ReceiveOrNoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                log.LogWarning("Queue {Queue} cannot be read: {Reason}", function.Queue, exception.Message);
            return [];
        }
    }

    private async Task RunAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(message, cancellationToken);
        }
        catch (Exception exception)
        {
            await AbandonAsync(message, exception, cancellationToken);
            return;
        }

        await CompleteAsync(message, () => _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt));
    }

    private async Task CallAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var text = QueueBinding.TextOf(message, settings.Base64);
        await using var scope = scopes.CreateAsyncScope();
        var recorder = scope.ServiceProvider.GetRequiredService<FailureRecorder>();
        await recorder.RunAsync(
            function.Queue,
            text,
            async () =>
            {
                if (scope.ServiceProvider.GetService<PolicyUpdates>() is { } policies)
                    await policies.TryRefreshAsync(cancellationToken);
                await FunctionCall.RunAsync(
                    scope.ServiceProvider,
                    function.Method,
                    p => QueueBinding.Value(p, message, text, cancellationToken)
                );
            }
        );
    }

    private Task AbandonAsync(QueueMessage message, Exception exception, CancellationToken cancellationToken)
    {
        // Cancelled by shutdown, not failed: make it visible at once.
        if (cancellationToken.IsCancellationRequested)
            return CompleteAsync(message, () => MakeVisibleAsync(message, TimeSpan.Zero));

        log.LogWarning(
            exception,
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

    /// <summary>A poison message waits for an operator decision, so it never expires.</summary>
    private async Task PoisonAsync(QueueMessage message)
    {
        await _poison.CreateIfNotExistsAsync();
        await _poison.SendMessageAsync(message.MessageText, null, TimeSpan.FromSeconds(-1));
        await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        log.LogWarning("Message {Id} was moved to {Queue}-poison", message.MessageId, function.Queue);
    }

    /// <summary>
    /// When storage rejects the outcome (it is unreachable, or the lease has expired), the message is received again.
    /// </summary>
    private async Task CompleteAsync(QueueMessage message, Func<Task> outcome)
    {
        try
        {
            await outcome();
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            log.LogWarning(
                "Message {Id} of {Queue} will be received again: {Reason}",
                message.MessageId,
                function.Queue,
                exception.Message
            );
        }
    }
}
