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
            FunctionCall.EnsureKnownParameters(function, QueueBinding.IsKnown);

        // No decoding by the client: a message that is not base64 must count as a failed attempt and reach the poison
        // queue unchanged.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        _listeners =
        [
            .. catalog.Queues.Select(f => new QueueListener(f, new(Connection(f), options), queues, scopes, log)),
        ];
        string Connection(QueueFunction function) =>
            settings[function.Connection]
            ?? throw new CannotRunHereException(
                $"Function {function.Name} needs the setting {function.Connection}, which is missing. "
                    + "Add it to local.settings.json."
            );
    }

    public Task CreateQueuesAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(_listeners.Select(listener => listener.CreateAsync(cancellationToken)));

    /// <summary>Runs everything that is visible, in rounds over all queues, until one round finds nothing.</summary>
    /// <param name="only">Run only this queue, and leave the messages that it enqueues elsewhere; null for all.</param>
    /// <returns>The number of runs, repeated attempts included.</returns>
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
