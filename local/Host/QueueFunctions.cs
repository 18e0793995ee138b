using Azure;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>Runs queue functions as the Functions host does: leases, attempts, poison queues.</summary>
public sealed class QueueFunctions
{
    private readonly IReadOnlyList<QueueListener> _listeners;

    public QueueFunctions(
        FunctionCatalog catalog,
        QueueSettings queues,
        IConfiguration settings,
        IServiceScopeFactory scopes,
        ILogger<QueueFunctions> log
    )
    {
        foreach (var function in catalog.Queues)
            FunctionCall.RefuseUnknownParameters(function, QueueBinding.IsKnown);

        // Texts are read and written as they are: one that is not base64 must count as a failure, and reach the poison
        // queue unchanged.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        _listeners =
        [
            .. catalog.Queues.Select(f => new QueueListener(f, new(Connection(f), options), queues, scopes, log)),
        ];
        string Connection(QueueFunction function) =>
            settings[function.Connection]
            ?? throw new CannotRunHereException(
                $"Function {function.Name} needs the setting {function.Connection}, which is missing."
            );
    }

    /// <exception cref="CannotRunHereException">Storage does not answer, or refuses.</exception>
    public async Task CreateQueuesAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.WhenAll(_listeners.Select(listener => listener.CreateAsync(cancellationToken)));
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            throw new CannotRunHereException($"Storage cannot be used: {failure.GetBaseException().Message}", failure);
        }
    }

    /// <summary>Runs everything that is visible, in rounds over all queues, until one round finds nothing.</summary>
    /// <param name="only">One queue's name, to stop the flow behind it; null for all.</param>
    /// <returns>How many messages ran, repeated attempts included.</returns>
    public async Task<int> PumpAsync(string? only = null, CancellationToken cancellationToken = default)
    {
        var total = 0;
        while (true)
        {
            var ran = 0;
            foreach (var listener in _listeners.Where(l => only is null || l.Queue == only))
                ran += await listener.RunBatchAsync(cancellationToken);

            if (ran == 0)
                return total;
            total += ran;
        }
    }

    public async Task ListenAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_listeners.Select(l => l.ListenAsync(cancellationToken)));
}
