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

    /// <summary>Runs everything that is visible, until all queues have been found empty since the last run.</summary>
    /// <param name="only">Run only this queue, and leave the messages that it enqueues elsewhere; null for all.</param>
    /// <returns>The number of runs, repeated attempts included.</returns>
    public async Task<int> PumpAsync(string? only = null, CancellationToken cancellationToken = default)
    {
        var listeners = _listeners.Where(l => only is null || l.Queue == only).ToList();
        var (total, empty) = (0, 0);
        for (var next = 0; empty < listeners.Count; next = (next + 1) % listeners.Count)
        {
            var ran = await listeners[next].RunBatchAsync(cancellationToken);
            empty = ran == 0 ? empty + 1 : 0;
            total += ran;
        }

        return total;
    }

    public async Task ListenAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_listeners.Select(l => l.ListenAsync(cancellationToken)));
}
