using System.Collections.Concurrent;
using Dunning.Local.MailViewer;

namespace Dunning.Tests.Faults;

/// <summary>The stand-ins for the providers in one run, with the messages that they accepted from any host.</summary>
public sealed class ProviderStandIns(TimeProvider clock)
{
    private readonly ConcurrentQueue<AcceptedMessage> _deliveries = new();

    /// <summary>Answers requests as the providers do.</summary>
    public SentMessages SentMessages { get; } = new(clock);

    public IReadOnlyList<AcceptedMessage> Accepted => [.. _deliveries];

    public void Add(OutgoingRequest request, long receivedAt) =>
        _deliveries.Enqueue(AcceptedMessage.From(request, receivedAt, clock.GetUtcNow()));
}
