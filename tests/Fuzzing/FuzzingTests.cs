using Xunit.Abstractions;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// For any input at any entry point: no exception, no 5xx, no hang, no more memory than a multiple of the input, and
/// consistent rows. A few thousand mutated inputs per target; 100,000 with <c>DUNNING_FUZZ=full</c>.
/// </summary>
[Trait("Category", "Fuzzing")]
[Trait("Category", "Long")]
public sealed class FuzzingTests(FuzzTable table, ITestOutputHelper output) : IClassFixture<FuzzTable>
{
    private static readonly Dictionary<string, FuzzTarget> _targets = InvoiceTargets
        .All.Concat(WebhookTargets.All)
        .Concat(SignatureTargets.All)
        .Concat(MessageTargets.All)
        .Concat(LetterTargets.All)
        .Concat(HostileTextTargets.All)
        .ToDictionary(target => target.Name);

    public static TheoryData<string> Names => [.. _targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_input_is_accepted_or_rejected(string target)
    {
        var row = await FuzzRun.RunAsync(_targets[target]);

        table.Add(row);
        output.WriteLine($"{FuzzResult.Heading}\n{row}");
        Assert.True(
            row.Failures.Count == 0,
            $"{row.Failures.Count} of {row.Inputs}:\n{string.Join('\n', row.Failures.Where(f => f.Length > 0))}"
        );
        Assert.True(
            row is { Accepted: > 0, Rejected: > 0 } || row.Accepted == row.Inputs,
            $"{row}: inputs were only accepted or only rejected"
        );
    }
}

/// <summary>The results of a run, as a table in a file beside the test assembly.</summary>
public sealed class FuzzTable : IDisposable
{
    private readonly List<FuzzResult> _rows = [];

    internal void Add(FuzzResult row) => _rows.Add(row);

    public void Dispose() =>
        File.WriteAllText(
            Path.Combine(AppContext.BaseDirectory, "fuzzing.md"),
            string.Join('\n', _rows.Select(row => row.ToString()).Prepend(FuzzResult.Heading)) + "\n"
        );
}
