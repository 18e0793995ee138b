using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence.Cases;

/// <summary>The events of an invoice as they are stored, and the head of their chain, both of one moment.</summary>
/// <param name="Head">Null when there is none that can be read.</param>
internal sealed record StoredChain(ChainHead? Head, IReadOnlyList<ChainedEvent> Events)
{
    private const int MaxAttempts = 10;

    public ChainCheck Check() => EventChain.Check(Head, Events);

    /// <summary>The events that can be read, oldest first.</summary>
    public IReadOnlyList<InvoiceEvent> Readable() => [.. Events.Select(Read).OfType<InvoiceEvent>()];

    /// <exception cref="ConcurrencyException">Events were added during each attempt.</exception>
    public static async Task<StoredChain> ReadAsync(
        ReceivablesTable receivables,
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        var head = await ReadHeadAsync(receivables, id, cancellationToken);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var events = await receivables.ReadChainedEventsAsync(id, cancellationToken);
            var after = await ReadHeadAsync(receivables, id, cancellationToken);
            if (after?.Version == head?.Version)
                return new StoredChain(head?.Value, events);
            head = after;
        }
        throw new ConcurrencyException(id.Customer);
    }

    /// <summary>A head that somebody made unreadable is as good as none.</summary>
    private static async Task<Versioned<ChainHead>?> ReadHeadAsync(
        ReceivablesTable receivables,
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await receivables.ReadChainHeadAsync(id, cancellationToken) is { Value.Link: not null } head
                ? head
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static InvoiceEvent? Read(ChainedEvent stored)
    {
        try
        {
            return JsonSerializer.Deserialize<InvoiceEvent>(stored.Json, Rows.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
