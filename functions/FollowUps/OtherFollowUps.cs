using Dunning.Payments.Ledger;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;

namespace Dunning.FollowUps;

/// <summary>
/// What waits for a person outside of the customers' rows: the stop of all sending, feeds of payments that are silent,
/// poison messages and payments that wait for manual review.
/// </summary>
public sealed class OtherFollowUps(
    ReceivablesTable receivables,
    Failures failures,
    UnmatchedPaymentReader unmatched,
    DunningRules rules,
    TimeProvider clock
)
{
    internal async Task<IReadOnlyDictionary<FollowUpKey, FollowUpItem>> ReadAsync(CancellationToken cancellationToken)
    {
        var items = new Dictionary<FollowUpKey, FollowUpItem>();
        if ((await receivables.Sending.ReadAsync(cancellationToken)).Stop is { } stop)
            Add(items, FollowUpKind.SendingStopped, stop.At, "sending", stop.Reason);
        foreach (var feed in rules.Feeds.All.Where(feed => feed.IsSilentAt(clock.GetUtcNow())))
            Add(items, FollowUpKind.FeedSilent, At(feed.LastDay!.Value), feed.Id, feed.Provider);
        foreach (var failure in await failures.FindPoisonedAsync(cancellationToken))
            Add(items, FollowUpKind.Poisoned, failure.Value.PoisonedAt!.Value, failure.Value.Id, failure.Value.Cause);
        foreach (var (delivery, payments) in await unmatched.ReadAsync(withSuggestions: false, cancellationToken))
        {
            var key = Add(items, FollowUpKind.UnmatchedPayment, delivery.ReceivedAt, delivery.Id, delivery.Problem);
            items[key] = items[key] with { Amount = payments is [var first, ..] ? first.Payment.Amount : null };
        }
        return items;
    }

    /// <summary>The id in the routes of <c>/api/manage/recover</c>.</summary>
    internal static string IdOf(Notice notice) => InDoubtNoticeId.For(notice).ToString();

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static FollowUpKey Add(
        Dictionary<FollowUpKey, FollowUpItem> items,
        FollowUpKind kind,
        DateTimeOffset since,
        string id,
        string? text
    )
    {
        var key = FollowUpKey.Of(kind, since, id);
        items[key] = FollowUpItem.Create(key, since, id) with { Text = text };
        return key;
    }
}
