using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// What the fault tests have found so far, as one page: a long run can be read while it is going on, and counts when it
/// is broken off.
/// </summary>
public static class FaultReport
{
    private static readonly Lock _gate = new();
    private static readonly Dictionary<string, (string Note, string Lines, string Findings)> _entries = [];

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "faults.md");

    /// <param name="what">Which test it is: a later note of it replaces this one.</param>
    public static void Note(string what, string note, FaultTable? table = null)
    {
        lock (_gate)
        {
            _entries[what] = (note, string.Join('\n', table?.Lines ?? []), string.Join('\n', table?.Findings ?? []));
            string[] page =
            [
                FaultTable.Heading,
                .. _entries.Values.Select(e => e.Lines).Where(l => l.Length > 0),
                "",
                .. _entries.Select(e => $"- {e.Key}: {e.Value.Note}"),
                "",
                .. _entries.Values.Select(e => e.Findings).Where(f => f.Length > 0),
            ];
            File.WriteAllLines(Path, page);
        }
    }

    /// <summary>To the test's output too.</summary>
    public static void End(ITestOutputHelper output, string what, string note, FaultTable? table = null)
    {
        Note(what, note, table);
        output.WriteLine(
            string.Join(
                '\n',
                [
                    $"{what}: {note}",
                    .. table is null ? [] : table.Lines.Prepend(FaultTable.Heading),
                    .. table?.Findings ?? [],
                ]
            )
        );
    }
}
