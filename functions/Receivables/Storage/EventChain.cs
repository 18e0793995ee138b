using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Links the events of an invoice, so that a change, a removal or an addition afterwards shows. The hashes have no
/// key: who can write all rows can also compute a new chain, which differs from the head in an earlier evidence pack.
/// </summary>
internal static class EventChain
{
    /// <summary>The property of a stored event with its <see cref="ChainLink"/>.</summary>
    public const string Property = "chain";

    /// <summary>The property of a stored event whose personal data were erased.</summary>
    public const string ErasedProperty = "erasedAt";

    /// <summary>Keeps a link distinct from any other hash of the app.</summary>
    private const string Domain = "dunning-event-chain-1";

    /// <summary>The link before the first event.</summary>
    private static readonly string _start = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>SHA-256 of the event's canonical JSON without its <see cref="ChainLink"/>.</summary>
    /// <exception cref="JsonException">It is no JSON object, or an object has a property twice.</exception>
    public static string HashOf(string json) => Sha256(CanonicalJson.Of(json, leftOut: Property));

    /// <summary>
    /// The part of an event's row key that a merge of customers does not change: the invoice's own id, and the ticks
    /// with their number.
    /// </summary>
    public static string UnmovedKey(string key) =>
        key.Split('_', 3) is ["e", _, var unmoved]
            ? unmoved
            : throw new ArgumentException($"{key} is not the key of an event.", nameof(key));

    /// <param name="head">Null before the first event of the invoice.</param>
    /// <param name="key">The row key of the event.</param>
    /// <param name="json">The event as it will be stored; a property <c>chain</c> makes no difference.</param>
    public static ChainLink Append(ChainHead? head, string key, string json)
    {
        var (number, hash) = ((head?.Number ?? 0) + 1, HashOf(json));
        return new ChainLink(number, hash, LinkOf(head?.Link ?? _start, number, key, hash));
    }

    /// <param name="head">Null when there is no such row.</param>
    /// <param name="events">All that are stored of one invoice, in any order.</param>
    public static ChainCheck Check(ChainHead? head, IReadOnlyList<ChainedEvent> events)
    {
        var all = events.Select(Entry.Read).ToList();
        var first = all.Where(stored => stored.Chain is not null).Select(s => s.Key).Min(StringComparer.Ordinal);
        var read = all.FindAll(stored => !stored.IsBefore(first));
        var problems = new List<ChainProblem>();
        if (head is null && read.Count > 0)
            problems.Add(new ChainProblem(ChainProblemCode.HeadMissing, Number: null, Key: null));
        foreach (var stored in read.Where(stored => !stored.HasPlace(head)))
            problems.Add(stored.Problem(stored.IsReadable ? ChainProblemCode.Added : ChainProblemCode.Changed));
        // Two instances whose clocks differ write keys in another order than numbers.
        var (previous, next) = ((string?)_start, 1L);
        foreach (
            var same in read.Where(stored => stored.HasPlace(head)).GroupBy(s => s.Chain!.Number).OrderBy(g => g.Key)
        )
        {
            if (same.Key > next)
            {
                problems.Add(Removed(next, same.Key - next));
                previous = null;
            }
            var stored = same.OrderBy(stored => stored.Follows(previous) ? 0 : 1).First();
            problems.AddRange(
                same.Where(other => !ReferenceEquals(other, stored)).Select(o => o.Problem(ChainProblemCode.Added))
            );
            problems.AddRange(stored.Problems(previous));
            (previous, next) = (stored.Chain!.Link, same.Key + 1);
        }
        problems.AddRange(AtEnd(head, previous, next));
        return new ChainCheck(events.Count, all.Count(stored => stored.IsErased), all.Count - read.Count, problems);
    }

    /// <param name="previous">The link of the last event.</param>
    /// <param name="next">The number after it.</param>
    private static IEnumerable<ChainProblem> AtEnd(ChainHead? head, string? previous, long next)
    {
        if (head is null)
            yield break;
        if (head.Number >= next)
            yield return Removed(next, head.Number - next + 1);
        else if (head.Link != previous)
            yield return new ChainProblem(ChainProblemCode.HeadDiffers, head.Number, Key: null);
    }

    private static ChainProblem Removed(long first, long count) =>
        new(ChainProblemCode.Removed, first, Key: null, count);

    private static string LinkOf(string previous, long number, string key, string hash) =>
        Sha256(
            string.Create(CultureInfo.InvariantCulture, $"{Domain}\n{previous}\n{number}\n{UnmovedKey(key)}\n{hash}")
        );

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <param name="Chain">Null when the event has none that can be read.</param>
    /// <param name="Hash">Of the content; null when the event cannot be read.</param>
    private sealed record Entry(string Key, ChainLink? Chain, string? Hash, bool IsErased)
    {
        public bool IsReadable => Hash is not null;

        public static Entry Read(ChainedEvent chained)
        {
            try
            {
                using var document = CanonicalJson.Parse(chained.Json);
                var root = document.RootElement;
                return new Entry(
                    chained.Key,
                    ReadChain(root),
                    Sha256(CanonicalJson.Of(root, leftOut: Property)),
                    root.TryGetProperty(ErasedProperty, out var at) && at.ValueKind is JsonValueKind.String
                );
            }
            catch (JsonException)
            {
                return new Entry(chained.Key, Chain: null, Hash: null, IsErased: false);
            }
        }

        /// <summary>An event that was written before the invoice had a chain.</summary>
        /// <param name="first">The key of the first event with a link; null when there is none.</param>
        public bool IsBefore(string? first) =>
            Chain is null && IsReadable && (first is null || string.CompareOrdinal(Key, first) < 0);

        /// <summary>False when no other event misses it: it was added, or is unreadable.</summary>
        public bool HasPlace(ChainHead? head) =>
            Chain is { Number: > 0 } && (head is null || Chain.Number <= head.Number);

        /// <param name="previous">Null when the event before is missing: then any link may be right.</param>
        public bool Follows(string? previous) =>
            previous is null || (HasKeyOfEvent && Chain!.Link == LinkOf(previous, Chain.Number, Key, Chain.Hash));

        public IEnumerable<ChainProblem> Problems(string? previous)
        {
            if (!IsErased && Hash != Chain!.Hash)
                yield return Problem(ChainProblemCode.Changed);
            if (!Follows(previous))
                yield return Problem(ChainProblemCode.LinkBroken);
        }

        public ChainProblem Problem(ChainProblemCode code) => new(code, Chain?.Number, Key);

        private bool HasKeyOfEvent => Key.Split('_', 3) is ["e", _, _];

        private static ChainLink? ReadChain(JsonElement root)
        {
            try
            {
                return
                    root.TryGetProperty(Property, out var chain)
                    && chain.Deserialize<ChainLink>(Rows.Json) is { Hash: not null, Link: not null } link
                    ? link
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
