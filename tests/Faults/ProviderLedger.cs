using System.Collections.Concurrent;
using Dunning.Local.MailViewer;

namespace Dunning.Tests.Faults;

/// <summary>What the providers of one run accepted, whichever host asked.</summary>
public sealed class ProviderLedger(TimeProvider clock)
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();

    /// <summary>Answers as the providers do.</summary>
    public SentMessages Outbox { get; } = new(clock);

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    public void Add(Passage sending, long beganAt) =>
        _deliveries.Enqueue(Delivery.From(sending, beganAt, clock.GetUtcNow()));
}
