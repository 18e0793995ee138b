using System.Globalization;
using Dunning.Local;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Faults;

/// <summary>
/// One clock for the runs of a test class, which come one after the other; each has a storage account of its own. What
/// a full form needs that the test command cannot afford is asked for with <c>DUNNING_FAULTS=full</c>.
/// </summary>
public sealed class FaultLab : IAsyncLifetime
{
    private readonly List<Task> _burials = [];
    private RunResult? _calm;

    public static bool Full { get; } = Environment.GetEnvironmentVariable("DUNNING_FAULTS") is { Length: > 0 };

    /// <summary>
    /// Every n-th of what the full form tries; DUNNING_FAULTS may say a number in place of <c>full</c>.
    /// </summary>
    public static int Stride { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("DUNNING_FAULTS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var stride
        )
            ? stride
            : 1;

    public MovableClock Clock { get; } = new();

    /// <summary>The whole script in the full form, its first morning in the test command.</summary>
    public static IReadOnlyList<IReadOnlyList<Act>> Play(Script script) => Full ? script.Whole : script.OneMorning;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_burials);

    public async Task<TestAccount> OpenAccountAsync()
    {
        var account = await TestStorage.OpenAccountAsync();
        account.Follow(Clock);
        return account;
    }

    /// <summary>What the first morning ends with when nothing bad happens.</summary>
    public async Task<RunResult> CalmLongMorningAsync()
    {
        if (_calm is not null)
            return _calm;
        await using var run = await FaultRun.OpenAsync(this);
        return _calm = await run.RunAsync(script => [script.LongMorning]);
    }

    /// <summary>Ends a host that nobody needs any more, without waiting for it.</summary>
    public void Bury(LocalHost host)
    {
        _burials.RemoveAll(burial => burial.IsCompleted);
        _burials.Add(host.DisposeAsync().AsTask());
    }
}
