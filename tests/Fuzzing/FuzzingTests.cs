using Xunit.Abstractions;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Whatever arrives at any of our ways in, nothing is thrown, nothing answers 5xx, nothing hangs, nothing takes more
/// memory than a multiple of what was sent, and the book agrees with itself. A few thousand mutated inputs a target;
/// <c>DUNNING_FUZZ=full</c> makes it 100,000.
/// </summary>
[Trait("Category", "Fuzzing")]
public sealed class FuzzingTests(FuzzTable table, ITestOutputHelper output) : IClassFixture<FuzzTable>
{
    private static readonly Dictionary<string, FuzzTarget> _targets = InvoiceTargets
        .All.Concat(WebhookTargets.All)
        .Concat(SignatureTargets.All)
        .Concat(MessageTargets.All)
        .Concat(LetterTargets.All)
        .ToDictionary(target => target.Name);

    public static TheoryData<string> Names => [.. _targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_arrives_is_taken_or_refused(string target)
    {
        var row = await FuzzRun.OfAsync(_targets[target]);

        table.Add(row);
        output.WriteLine($"{FuzzRow.Head}\n{row}");
        Assert.True(
            row.Failures.Count == 0,
            $"{row.Failures.Count} of {row.Inputs}:\n{string.Join('\n', row.Failures.Where(f => f.Length > 0))}"
        );
        Assert.True(
            row is { Accepted: > 0, Refused: > 0 } || row.Accepted == row.Inputs,
            $"{row}: one side of it was never seen"
        );
    }
}

/// <summary>The rows of a run, as a table beside the test assembly.</summary>
public sealed class FuzzTable : IDisposable
{
    private readonly List<FuzzRow> _rows = [];

    internal void Add(FuzzRow row) => _rows.Add(row);

    public void Dispose() =>
        File.WriteAllText(
            Path.Combine(AppContext.BaseDirectory, "fuzzing.md"),
            string.Join('\n', _rows.Select(row => row.ToString()).Prepend(FuzzRow.Head)) + "\n"
        );
}
