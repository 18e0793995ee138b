using System.Globalization;

namespace Dunning.Tests.Faults;

/// <summary>
/// Fault × channel → sent once, duplicates, lost, in doubt; compared, notice by notice, with the run that nothing
/// happened to.
/// </summary>
public sealed class FaultTable(RunResult calm)
{
    private static readonly string[] _channels = ["email", "sms", "escalation"];

    private readonly IReadOnlySet<NoticeName> _expected = calm.Deliveries.Select(d => d.Name).ToHashSet();
    private readonly Dictionary<(string Fault, string Channel), Counts> _rows = [];
    private readonly HashSet<(string Fault, string Channel, string Why)> _reasons = [];
    private readonly List<string> _findings = [];

    public IReadOnlyList<string> Findings => _findings;

    public Counts Total { get; private set; } = new();

    /// <summary>Nobody was left without an answer.</summary>
    public bool IsWithoutDoubt => Total.DoubtLeft + Total.DoubtNotLeft == 0;

    /// <param name="run">How to repeat it.</param>
    /// <param name="optional">
    /// True for a notice that a run may as well not send: a payment may come before or after it.
    /// </param>
    public void Add(string fault, string run, RunResult result, Func<NoticeName, bool>? optional = null)
    {
        var sent = result.Deliveries.CountBy(d => d.Name).ToDictionary();
        foreach (var notice in _expected.Union(sent.Keys).Union(result.InDoubt.Keys).Order(NoticeOrder))
        {
            var isOptional = optional?.Invoke(notice) == true;
            var counts = Judge(notice, sent.GetValueOrDefault(notice), result, isOptional);
            var key = (fault, notice.Channel);
            _rows[key] = _rows.GetValueOrDefault(key, new()) + counts;
            Total += counts;
            if (result.InDoubt.TryGetValue(notice, out var why))
                _reasons.Add((fault, notice.Channel, why));
            if (counts.IsBroken)
                _findings.Add($"{fault}, {run}: {notice} {counts}");
        }
        _findings.AddRange(result.Leftovers.Select(left => $"{fault}, {run}: {left}"));
    }

    public static string Heading =>
        "| fault | channel | sent once | duplicates | lost | in doubt, had left | in doubt, had not | why | "
        + "refused | not expected |\n|---|---|--:|--:|--:|--:|--:|---|--:|--:|";

    public IEnumerable<string> Lines =>
        from row in _rows
        orderby row.Key.Fault, Array.IndexOf(_channels, row.Key.Channel)
        let c = row.Value
        select string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Key.Fault} | {row.Key.Channel} | {c.Once} | {c.Duplicates} | {c.Lost} | {c.DoubtLeft} | "
                + $"{c.DoubtNotLeft} | {Why(row.Key)} | {c.Refused} | {c.Unexpected} |"
        );

    private string Why((string Fault, string Channel) row) =>
        string.Join("; ", _reasons.Where(r => r.Fault == row.Fault && r.Channel == row.Channel).Select(r => r.Why));

    private static Comparer<NoticeName> NoticeOrder { get; } =
        Comparer<NoticeName>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private Counts Judge(NoticeName notice, int sent, RunResult result, bool isOptional)
    {
        var inDoubt = result.InDoubt.ContainsKey(notice);
        if (!_expected.Contains(notice) && !isOptional)
            return new() { Unexpected = 1, Duplicates = Math.Max(sent - 1, 0) };
        return sent switch
        {
            > 1 => new() { Duplicates = sent - 1 },
            1 when inDoubt => new() { DoubtLeft = 1 },
            1 => new() { Once = 1 },
            _ when inDoubt => new() { DoubtNotLeft = 1 },
            _ when result.Refused.Contains(notice) => new() { Refused = 1 },
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
    public int DoubtLeft { get; init; }
    public int DoubtNotLeft { get; init; }
    public int Refused { get; init; }
    public int Unexpected { get; init; }

    public bool IsBroken => Duplicates + Lost + Unexpected > 0;

    public static Counts operator +(Counts a, Counts b) =>
        new()
        {
            Once = a.Once + b.Once,
            Duplicates = a.Duplicates + b.Duplicates,
            Lost = a.Lost + b.Lost,
            DoubtLeft = a.DoubtLeft + b.DoubtLeft,
            DoubtNotLeft = a.DoubtNotLeft + b.DoubtNotLeft,
            Refused = a.Refused + b.Refused,
            Unexpected = a.Unexpected + b.Unexpected,
        };

    public static Counts Add(Counts left, Counts right) => left + right;
}
