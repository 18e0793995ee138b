using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Book;

namespace Dunning;

/// <summary>A message that failed: what it was, why, and whether its queue has given it up.</summary>
/// <param name="Id">Hash of the queue and the message: failing again is the same failure.</param>
/// <param name="Cause">Type and message of the last exception; null when the host never reached our code.</param>
/// <param name="PoisonedAt">When the queue gave up on it; null while it is still retried.</param>
public sealed record Failure(string Id, string Queue, string Message, string? Cause, DateTimeOffset At, DateTimeOffset? PoisonedAt, DateTimeOffset? ReplayedAt);

/// <summary>Failed messages with their causes: the table <c>failures</c>, one partition.</summary>
public sealed class Failures(TableClient table, TimeProvider clock)
{
    private const string Partition = "f";

    public static string IdOf(string queue, string message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{queue}\n{message}")))[..32];

    /// <summary>Runs the work of a message. When it throws, the cause is kept (the queue itself only counts) and the queue tries again.</summary>
    public Task WatchAsync<T>(string queue, T message, Func<Task> work) => WatchAsync(queue, JsonSerializer.Serialize(message, Rows.Json), work);

    /// <summary>The same for a message that somebody else has written.</summary>
    public async Task WatchAsync(string queue, string text, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            var known = await FindAsync(IdOf(queue, text), CancellationToken.None);
            await SaveAsync(new Failure(IdOf(queue, text), queue, text, Describe(cause), clock.GetUtcNow(), known?.PoisonedAt, known?.ReplayedAt), CancellationToken.None);
            throw;
        }
    }

    public async Task PoisonAsync(string queue, string message, CancellationToken cancel)
    {
        var id = IdOf(queue, message);
        var known = await FindAsync(id, cancel) ?? new Failure(id, queue, message, null, clock.GetUtcNow(), null, null);
        await SaveAsync(known with { PoisonedAt = clock.GetUtcNow(), ReplayedAt = null }, cancel);
    }

    public Task ReplayedAsync(Failure failure, CancellationToken cancel) => SaveAsync(failure with { PoisonedAt = null, ReplayedAt = clock.GetUtcNow() }, cancel);

    public async Task<Failure?> FindAsync(string id, CancellationToken cancel)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Keys.Escape(id), cancellationToken: cancel);
        return row.HasValue ? Rows.Read<Failure>(row.Value!) : null;
    }

    /// <summary>What queues have given up on and nobody has replayed.</summary>
    public async Task<IReadOnlyList<Failure>> FindPoisonedAsync(CancellationToken cancel)
    {
        List<Failure> poisoned = [];
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
        {
            if (Rows.Read<Failure>(row) is { PoisonedAt: not null } failure)
                poisoned.Add(failure);
        }
        return poisoned;
    }

    private static string Describe(Exception cause) => cause switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
        { InnerException: { } inner } => $"{cause.Message} {Describe(inner)}",
        _ => $"{cause.GetType().Name}: {cause.Message}",
    };

    private Task SaveAsync(Failure failure, CancellationToken cancel) =>
        table.UpsertEntityAsync(Rows.Write(Partition, failure.Id, failure), TableUpdateMode.Replace, cancel);
}
