using Dunning.Book;

namespace Dunning.Detect;

/// <summary>
/// Spreads a tick's messages over time so that a provider with a small quota (Azure Communication Services starts with 30 mails a minute)
/// is not run into. Settings <c>Email__PerMinute</c> and <c>Sms__PerMinute</c>; null sends at once.
/// </summary>
public sealed class Pace(int? emailsPerMinute, int? smsPerMinute, Shards shards)
{
    public Tick NewTick() => new(this);

    private TimeSpan Interval(Channel channel) => (channel is Channel.Sms ? smsPerMinute : emailsPerMinute) is { } perMinute and > 0
        // Shards are scanned side by side and do not know of each other: each takes its share of the minute.
        ? TimeSpan.FromMinutes(1) * shards.All.Count() / perMinute
        : TimeSpan.Zero;

    /// <summary>One scan of one shard.</summary>
    public sealed class Tick(Pace pace)
    {
        private int emails;
        private int texts;

        /// <summary>How long the next message of the channel waits.</summary>
        public TimeSpan Next(Channel channel)
        {
            var index = channel is Channel.Sms ? Interlocked.Increment(ref texts) : Interlocked.Increment(ref emails);
            return pace.Interval(channel) * (index - 1);
        }
    }
}
