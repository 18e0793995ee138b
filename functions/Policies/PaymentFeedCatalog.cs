using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// The feeds of payments as they were last read; those that the settings do not name any more do not count.
/// </summary>
/// <param name="configured">The ids of the endpoints in the settings.</param>
public sealed class PaymentFeedCatalog(IEnumerable<string> configured)
{
    private readonly HashSet<string> _configured = [.. configured];
    private volatile IReadOnlyList<PaymentFeed> _feeds = [];
    private DateTimeOffset? _frozenAt;

    public static PaymentFeedCatalog None { get; } = new([]);

    public IReadOnlyList<PaymentFeed> All => _feeds;

    public void Update(IEnumerable<PaymentFeed> stored) =>
        _feeds = [.. stored.Where(feed => _configured.Contains(feed.Id)).OrderBy(feed => feed.Provider)];

    /// <returns>The one that has been silent for longest; null for none.</returns>
    public PaymentFeed? SilentAt(DateTimeOffset now)
    {
        var at = _frozenAt is { } frozen && frozen < now ? frozen : now;
        return _feeds.Where(feed => feed.IsSilentAt(at)).MaxBy(feed => feed.SilentDaysAt(at));
    }

    /// <summary>For a look ahead: no feed becomes silent, and one that is silent stays so.</summary>
    internal PaymentFeedCatalog FrozenAt(DateTimeOffset now) =>
        new(_configured) { _feeds = _feeds, _frozenAt = _frozenAt ?? now };
}
