#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Collections;

namespace Twilio.Base;

/// <summary>Records of all pages: the first is there already, enumerating past it asks for the next ones, synchronously as officially.</summary>
public class ResourceSet<T> : IEnumerable<T> where T : Resource
{
    private readonly IReadOnlyList<T> _first;
    private readonly string _next;
    private readonly Func<string, (IReadOnlyList<T> Records, string Next)> _fetch;
    private readonly int _limit;

    internal ResourceSet(IReadOnlyList<T> first, string next, Func<string, (IReadOnlyList<T> Records, string Next)> fetch, long? limit)
    {
        _first = first;
        _next = next;
        _fetch = fetch;
        // One more than was asked for, as the official client gives.
        _limit = (int)Math.Min((limit ?? int.MaxValue) + 1, int.MaxValue);
    }

    public bool AutoPaging { get; set; } = true;

    public IEnumerator<T> GetEnumerator() => All().Take(_limit).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<T> All()
    {
        var (records, next) = (_first, _next);
        while (true)
        {
            foreach (var record in records) yield return record;
            if (!AutoPaging || string.IsNullOrEmpty(next)) yield break;
            (records, next) = _fetch(next);
        }
    }
}
