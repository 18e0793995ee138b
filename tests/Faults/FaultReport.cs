using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// The results of the fault tests as one page, written after each update, so that a running or interrupted test can be
/// read.
/// </summary>
public static class FaultReport
{
    private static readonly Lock _gate = new();
    private static readonly Dictionary<string, (string Note, string Lines, string Failures)> _entries = [];

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "faults.md");

    /// <param name="name">Name of the test; replaces the previous entry of this name.</param>
    public static void Update(string name, string note, FaultTable? table = null)
    {
        lock (_gate)
        {
            _entries[name] = (note, string.Join('\n', table?.Lines ?? []), string.Join('\n', table?.Failures ?? []));
            string[] page =
            [
                FaultTable.Heading,
                .. _entries.Values.Select(e => e.Lines).Where(l => l.Length > 0),
                "",
                .. _entries.Select(e => $"- {e.Key}: {e.Value.Note}"),
                "",
                .. _entries.Values.Select(e => e.Failures).Where(f => f.Length > 0),
            ];
            File.WriteAllLines(Path, page);
        }
    }

    /// <summary>Updates the page and writes the entry to the test's output.</summary>
    public static void Finish(ITestOutputHelper output, string name, string note, FaultTable? table = null)
    {
        Update(name, note, table);
        output.WriteLine(
            string.Join(
                '\n',
                [
                    $"{name}: {note}",
                    .. table is null ? [] : table.Lines.Prepend(FaultTable.Heading),
                    .. table?.Failures ?? [],
                ]
            )
        );
    }
}
