using System.Globalization;
using Dunning.Local;

namespace Dunning.Tests.Faults;

/// <summary>
/// One emulator and one clock for the runs of a test class, which come one after the other; each has a storage account of its own. What a full
/// form needs that the test command cannot afford is asked for with <c>DUNNING_FAULTS=full</c>.
/// </summary>
public sealed class FaultLab : IAsyncLifetime
{
    private const int RunsAnEmulator = 150;

    private readonly List<Azurite> emulators = [];
    private readonly List<Task> burials = [];
    private RunResult? calm;
    private int accounts;

    public static bool Full { get; } = Environment.GetEnvironmentVariable("DUNNING_FAULTS") is { Length: > 0 };

    /// <summary>Every n-th of what the full form tries; DUNNING_FAULTS may say a number in place of <c>full</c>.</summary>
    public static int Stride { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("DUNNING_FAULTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var stride) ? stride : 1;

    public MovableClock Clock { get; } = new();

    /// <summary>The whole script in the full form, its first morning in the test command.</summary>
    public static IReadOnlyList<IReadOnlyList<Act>> Play(Script script) => Full ? script.Whole : script.OneMorning;

    public async Task InitializeAsync() => await RenewAsync();

    public async Task DisposeAsync()
    {
        await Task.WhenAll(burials);
        foreach (var emulator in emulators)
            await emulator.DisposeAsync();
    }

    /// <summary>An empty account, on an emulator that is not too full.</summary>
    public async Task<(Azurite Storage, string Account)> NewAccountAsync()
    {
        if (accounts == RunsAnEmulator)
            await RenewAsync();
        return (emulators[^1], Name(accounts++));
    }

    /// <summary>What the first morning ends with when nothing bad happens.</summary>
    public async Task<RunResult> CalmLongMorningAsync()
    {
        if (calm is not null)
            return calm;
        await using var run = await FaultRun.OpenAsync(this);
        return calm = await run.RunAsync(script => [script.LongMorning]);
    }

    /// <summary>Ends a host that nobody needs any more, without waiting for it.</summary>
    public void Bury(LocalHost host)
    {
        burials.RemoveAll(burial => burial.IsCompleted);
        burials.Add(host.DisposeAsync().AsTask());
    }

    private async Task RenewAsync()
    {
        // The one before last may still be needed by hosts that are ending.
        if (emulators.Count > 1)
            await emulators[^2].DisposeAsync();
        accounts = 0;
        var emulator = await Azurite.StartAsync(accounts: Enumerable.Range(0, RunsAnEmulator).Select(Name));
        emulator.Follow(Clock);
        emulators.Add(emulator);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"run{number:D4}");
}
