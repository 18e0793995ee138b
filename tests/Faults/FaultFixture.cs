using System.Globalization;
using Dunning.Local;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Faults;

/// <summary>
/// One clock for all runs of a test class; the runs are sequential and each has its own storage account. Set
/// <c>DUNNING_FAULTS=full</c> for the full form, which takes too long for the normal test command.
/// </summary>
public sealed class FaultFixture : IAsyncLifetime
{
    private readonly List<Task> _stopping = [];
    private RunResult? _baseline;

    public static bool Full { get; } = Environment.GetEnvironmentVariable("DUNNING_FAULTS") is { Length: > 0 };

    /// <summary>
    /// The full form tries every n-th case. Set DUNNING_FAULTS to the number n in place of <c>full</c>.
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

    /// <summary>Both mornings in the full form, otherwise the first one.</summary>
    public static IReadOnlyList<IReadOnlyList<HostAction>> PartsOf(FaultScenario scenario) =>
        Full ? scenario.TwoMornings : scenario.OneMorning;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_stopping);

    public async Task<TestAccount> OpenAccountAsync()
    {
        var account = await TestStorage.OpenAccountAsync();
        account.FollowClock(Clock);
        return account;
    }

    /// <summary>The result of the first morning without faults.</summary>
    public async Task<RunResult> RunBaselineAsync()
    {
        if (_baseline is not null)
            return _baseline;
        await using var run = await ScenarioRun.OpenAsync(this);
        return _baseline = await run.RunAsync(scenario => [scenario.LongMorning]);
    }

    /// <summary>Stops a host without waiting for it.</summary>
    public void StopInBackground(LocalHost host)
    {
        _stopping.RemoveAll(task => task.IsCompleted);
        _stopping.Add(host.DisposeAsync().AsTask());
    }
}
