using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Dunning.Monitoring;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Recovery;

/// <summary>A queue message that failed, with its cause.</summary>
/// <param name="Id">Hash of queue and message: the same message that fails again is the same failure.</param>
/// <param name="Cause">
/// Type and message of the last exception; null when none was recorded, for example because the app crashed each time.
/// </param>
/// <param name="At">When it last failed, UTC.</param>
/// <param name="PoisonedAt">
/// When it was moved to the poison queue, UTC; null while it is retried, and after it was decided or resolved.
/// </param>
public sealed record Failure(
    string Id,
    string Queue,
    string Message,
    string? Cause,
    DateTimeOffset At,
    DateTimeOffset? PoisonedAt
) : StoredRecord
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OperatorDecision> Decisions { get; init; } = [];
}

/// <summary>The table <c>failures</c>: failed messages with their causes, in one partition.</summary>
public sealed class Failures(TableClient table, TimeProvider clock, Telemetry telemetry)
{
    private const string Partition = "f";

    /// <summary>A column, so that a query finds the few failures that wait for a decision.</summary>
    private const string Poisoned = "Poisoned";

    public static string IdOf(string queue, string message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{queue}\n{message}")))[..32];

    /// <summary>Stores the cause of a failed attempt. Cannot be cancelled: the host may be stopping.</summary>
    public async Task RecordAsync(string queue, string message, Exception cause)
    {
        var known = await FindAsync(IdOf(queue, message), CancellationToken.None);
        await SaveAsync(
            (known?.Value ?? New(queue, message)) with
            {
                Cause = Describe(cause),
                At = clock.GetUtcNow(),
            },
            CancellationToken.None
        );
    }

    public async Task PoisonAsync(string queue, string message, CancellationToken cancellationToken)
    {
        var known = await FindAsync(IdOf(queue, message), cancellationToken);
        await SaveAsync(
            (known?.Value ?? New(queue, message)) with
            {
                PoisonedAt = clock.GetUtcNow(),
            },
            cancellationToken
        );
        telemetry.Poisoned(queue);
    }

    /// <summary>The message later succeeded: it no longer waits for a decision.</summary>
    public Task MarkResolvedAsync(Versioned<Failure> failure, CancellationToken cancellationToken) =>
        TryReplaceAsync(failure, failure.Value with { PoisonedAt = null }, cancellationToken);

    /// <inheritdoc cref="MarkResolvedAsync(Versioned{Failure}, CancellationToken)"/>
    public async Task MarkResolvedAsync<T>(string queue, T message, CancellationToken cancellationToken)
    {
        if (
            await FindAsync(IdOf(queue, JsonSerializer.Serialize(message, Rows.Json)), cancellationToken) is
            { Value.PoisonedAt: not null } failure
        )
            await MarkResolvedAsync(failure, cancellationToken);
    }

    /// <returns>False, and nothing written, when the failure has changed since it was read.</returns>
    public Task<bool> TryDecideAsync(
        Versioned<Failure> failure,
        OperatorDecision decision,
        CancellationToken cancellationToken
    ) =>
        TryReplaceAsync(
            failure,
            failure.Value with
            {
                PoisonedAt = null,
                Decisions = [.. failure.Value.Decisions, decision],
            },
            cancellationToken
        );

    private async Task<bool> TryReplaceAsync(
        Versioned<Failure> before,
        Failure after,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await table.UpdateEntityAsync(Row(after), before.Version, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    public async Task<Versioned<Failure>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Keys.Escape(id),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.ReadVersioned<Failure>(row.Value!) : null;
    }

    /// <summary>Poison messages without a decision.</summary>
    public Task<IReadOnlyList<Versioned<Failure>>> FindPoisonedAsync(CancellationToken cancellationToken) =>
        FindAsync(poisoned: true, cancellationToken);

    /// <summary>
    /// Deletes failures that last failed before an instant and wait for no decision: they succeeded later, or were
    /// replayed or discarded.
    /// </summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = await FindAsync(poisoned: false, cancellationToken);
        foreach (var failure in old.Where(f => f.Value.At < before && f.Value.Decisions.All(d => d.At < before)))
            await TryDeleteAsync(failure, cancellationToken);
    }

    /// <summary>Deletes all failures of a customer, decided or not: no data is left to replay them on.</summary>
    public async Task ForgetAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        foreach (
            var failure in (await FindAsync(poisoned: true, cancellationToken)).Concat(
                await FindAsync(poisoned: false, cancellationToken)
            )
        )
        {
            // Messages hold ids only, and no id contains another.
            if (failure.Value.Message.Contains(customerId.Value, StringComparison.Ordinal))
                await TryDeleteAsync(failure, cancellationToken);
        }
    }

    private async Task TryDeleteAsync(Versioned<Failure> failure, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(Partition, failure.Value.Id, failure.Version, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // It has changed since it was read, for example failed again: keep it.
        }
    }

    private async Task<IReadOnlyList<Versioned<Failure>>> FindAsync(bool poisoned, CancellationToken cancellationToken)
    {
        List<Versioned<Failure>> found = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Poisoned eq {poisoned}"),
                cancellationToken: cancellationToken
            )
        )
            found.Add(Rows.ReadVersioned<Failure>(row));
        return found;
    }

    private Failure New(string queue, string message) =>
        new(IdOf(queue, message), queue, message, null, clock.GetUtcNow(), null);

    private static string Describe(Exception cause) =>
        cause switch
        {
            AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
            { InnerException: { } inner } => $"{cause.Message} {Describe(inner)}",
            _ => $"{cause.GetType().Name}: {cause.Message}",
        };

    private Task SaveAsync(Failure failure, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(Row(failure), TableUpdateMode.Replace, cancellationToken);

    private static TableEntity Row(Failure failure)
    {
        var row = Rows.Write(Partition, failure.Id, failure);
        row[Poisoned] = failure.PoisonedAt is not null;
        return row;
    }
}
