using System.Globalization;

namespace Dunning.Tests.Faults;

/// <summary>
/// Per fault and channel: messages sent once, duplicates, lost, in doubt. Compares each notice with the run without
/// faults.
/// </summary>
public sealed class FaultTable(RunResult baseline)
{
    private static readonly string[] _channels = ["email", "sms", "escalation", "letter", "call"];

    private readonly IReadOnlySet<NoticeKey> _expected = baseline.Accepted.Select(d => d.Notice).ToHashSet();
    private readonly Dictionary<(string Fault, string Channel), Counts> _rows = [];
    private readonly HashSet<(string Fault, string Channel, string Why)> _reasons = [];
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public Counts Total { get; private set; } = new();

    /// <summary>All charges in the ledgers of the runs.</summary>
    public int Charges { get; private set; }

    /// <summary>No notice is in doubt.</summary>
    public bool HasNoneInDoubt => Total.InDoubtSent + Total.InDoubtNotSent == 0;

    /// <param name="run">What is needed to repeat the run.</param>
    /// <param name="optional">
    /// True for a notice that may be sent or not: the payment may arrive before or after it.
    /// </param>
    public void Add(string fault, string run, RunResult result, Func<NoticeKey, bool>? optional = null)
    {
        var sent = result.Accepted.CountBy(d => d.Notice).ToDictionary();
        foreach (var notice in _expected.Union(sent.Keys).Union(result.InDoubt.Keys).Order(NoticeOrder))
        {
            var isOptional = optional?.Invoke(notice) == true;
            var counts = Classify(notice, sent.GetValueOrDefault(notice), result, isOptional);
            var key = (fault, notice.Channel);
            _rows[key] = _rows.GetValueOrDefault(key, new()) + counts;
            Total += counts;
            if (result.InDoubt.TryGetValue(notice, out var why))
                _reasons.Add((fault, notice.Channel, why));
            if (counts.IsFailure)
                _failures.Add($"{fault}, {run}: {notice} {counts}");
        }
        _failures.AddRange(result.Leftovers.Concat(result.WrongCharges).Select(flaw => $"{fault}, {run}: {flaw}"));
        Charges += result.Charged.Sum(invoice => invoice.Entries.Count);
    }

    public static string Heading =>
        "| fault | channel | sent once | duplicates | lost | in doubt, was sent | in doubt, was not | why | "
        + "refused | not expected |\n|---|---|--:|--:|--:|--:|--:|---|--:|--:|";

    public IEnumerable<string> Lines =>
        from row in _rows
        orderby row.Key.Fault, Array.IndexOf(_channels, row.Key.Channel)
        let c = row.Value
        select string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Key.Fault} | {row.Key.Channel} | {c.Once} | {c.Duplicates} | {c.Lost} | {c.InDoubtSent} | "
                + $"{c.InDoubtNotSent} | {Why(row.Key)} | {c.Refused} | {c.Unexpected} |"
        );

    private string Why((string Fault, string Channel) row) =>
        string.Join("; ", _reasons.Where(r => r.Fault == row.Fault && r.Channel == row.Channel).Select(r => r.Why));

    private static Comparer<NoticeKey> NoticeOrder { get; } =
        Comparer<NoticeKey>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private Counts Classify(NoticeKey notice, int sent, RunResult result, bool isOptional)
    {
        var inDoubt = result.InDoubt.ContainsKey(notice);
        if (!_expected.Contains(notice) && !isOptional)
            return new() { Unexpected = 1, Duplicates = Math.Max(sent - 1, 0) };
        return sent switch
        {
            > 1 => new() { Duplicates = sent - 1 },
            1 when inDoubt => new() { InDoubtSent = 1 },
            1 => new() { Once = 1 },
            _ when inDoubt => new() { InDoubtNotSent = 1 },
            _ when result.Rejected.Contains(notice) => new() { Refused = 1 },
            _ when isOptional => new(),
            _ => new() { Lost = 1 },
        };
    }
}

public sealed record Counts
{
    public int Once { get; init; }
    public int Duplicates { get; init; }
    public int Lost { get; init; }
    public int InDoubtSent { get; init; }
    public int InDoubtNotSent { get; init; }
    public int Refused { get; init; }
    public int Unexpected { get; init; }

    public bool IsFailure => Duplicates + Lost + Unexpected > 0;

    public static Counts operator +(Counts a, Counts b) =>
        new()
        {
            Once = a.Once + b.Once,
            Duplicates = a.Duplicates + b.Duplicates,
            Lost = a.Lost + b.Lost,
            InDoubtSent = a.InDoubtSent + b.InDoubtSent,
            InDoubtNotSent = a.InDoubtNotSent + b.InDoubtNotSent,
            Refused = a.Refused + b.Refused,
            Unexpected = a.Unexpected + b.Unexpected,
        };

    public static Counts Add(Counts left, Counts right) => left + right;
}
