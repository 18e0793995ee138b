using System.Globalization;

namespace Dunning.Tests.Fuzzing;

/// <summary>The result for one target.</summary>
/// <param name="MaxAllocatedPerByte">
/// Maximum bytes allocated per input byte; shorter inputs count as <see cref="FuzzRun.MinCountedLength"/> bytes.
/// </param>
internal sealed record FuzzResult(
    string Target,
    int Inputs,
    int Accepted,
    int Rejected,
    IReadOnlyList<string> Failures,
    long MaxAllocated,
    double MaxAllocatedPerByte
)
{
    public const string Heading =
        "| target | inputs | accepted | rejected | failures | max allocated, KB | max bytes per input byte "
        + "|\n|---|--:|--:|--:|--:|--:|--:|";

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Target} | {Inputs:N0} | {Accepted:N0} | {Rejected:N0} | {Failures.Count} | "
                + $"{MaxAllocated / 1024:N0} | {MaxAllocatedPerByte:N0} |"
        );
}

/// <summary>
/// Sends mutated inputs to one target, the same ones in every run. Only hangs are measured by time, because machines
/// are shared.
/// </summary>
internal static class FuzzRun
{
    public const int MinCountedLength = 256;
    private const int WarmupRounds = 20,
        RecreateInterval = 250,
        UnmutatedInterval = 50,
        MaxReportedFailures = 5,
        MaxReportedBytes = 600;

    /// <summary>Allowed bytes: a fixed amount per input, plus an amount per input byte.</summary>
    private const long MaxAllocated = 4 * 1024 * 1024,
        MaxAllocatedPerByte = 2 * 1024;

    /// <summary>Far longer than a busy machine needs for one input, which takes about a millisecond.</summary>
    private static readonly TimeSpan _hangTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Set <c>DUNNING_FUZZ=full</c> for the full number of inputs, or to a number of inputs.</summary>
    public static int Inputs { get; } =
        Environment.GetEnvironmentVariable("DUNNING_FUZZ") switch
        {
            null or "" => 2_000,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => count,
            _ => 100_000,
        };

    /// <exception cref="TimeoutException">The target did not finish one input within a minute.</exception>
    public static async Task<FuzzResult> RunAsync(FuzzTarget target)
    {
        var progress = new Progress();
        // A dedicated thread: allocation is counted per thread, and a hang must not block the check for it.
        var run = Task.Factory.StartNew(
            () => Run(target, progress),
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        for (var lastInput = -1; await Task.WhenAny(run, Task.Delay(_hangTimeout)) != run; lastInput = progress.Inputs)
        {
            if (lastInput == progress.Inputs)
                throw new TimeoutException($"{target.Name} hangs: {Describe(progress.Inputs, progress.Input)}");
        }
        return await run;
    }

    private static FuzzResult Run(FuzzTarget target, Progress progress)
    {
        var random = new Random(20260105);
        var subject = target.CreateSubject();
        foreach (var seed in Enumerable.Repeat(target.Seeds, WarmupRounds).SelectMany(seeds => seeds))
            subject.Accepts(seed, random);
        var (accepted, maxAllocated, maxAllocatedPerByte) = (0, 0L, 0.0);
        List<string> failures = [];
        for (var i = 0; i < Inputs; i++)
        {
            if (i % RecreateInterval == 0)
                subject = CheckAndRecreate(subject, target, i, failures);
            var seed = target.Seeds[random.Next(target.Seeds.Count)];
            // Valid inputs are processed after mutated ones, in the state that those left behind.
            var input = i % UnmutatedInterval == 0 ? seed : Mutation.Mutate(seed, random);
            (progress.Inputs, progress.Input) = (i, input);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var failure = TryProcess(subject, input, random, out var isAccepted);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (failure is null && allocated > MaxAllocated + MaxAllocatedPerByte * input.Length)
                failure = $"took {allocated:N0} bytes";
            if (failure is not null)
                AddFailure(failures, $"{failure}\n{Describe(i, input)}");
            else if (isAccepted)
                accepted++;
            (maxAllocated, maxAllocatedPerByte) = (
                Math.Max(maxAllocated, allocated),
                Math.Max(maxAllocatedPerByte, (double)allocated / Math.Max(input.Length, MinCountedLength))
            );
        }
        CheckAndRecreate(subject, target, Inputs, failures);
        return new(
            target.Name,
            Inputs,
            accepted,
            Inputs - accepted - failures.Count,
            failures,
            maxAllocated,
            maxAllocatedPerByte
        );
    }

    private static string? TryProcess(IFuzzSubject subject, byte[] input, Random random, out bool isAccepted)
    {
        isAccepted = false;
        try
        {
            isAccepted = subject.Accepts(input, random);
            return null;
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}";
        }
    }

    private static IFuzzSubject CheckAndRecreate(
        IFuzzSubject subject,
        FuzzTarget target,
        int inputNumber,
        List<string> failures
    )
    {
        try
        {
            subject.CheckInvariants();
        }
        catch (Exception failure)
        {
            AddFailure(failures, $"before input {inputNumber}: {failure.Message}");
        }
        return target.CreateSubject();
    }

    /// <summary>All failures are counted; only the first few keep their text.</summary>
    private static void AddFailure(List<string> failures, string failure) =>
        failures.Add(failures.Count < MaxReportedFailures ? failure : "");

    private static string Describe(int number, byte[] input) =>
        $"input {number}, {input.Length} bytes: {Convert.ToBase64String(input[..Math.Min(input.Length, MaxReportedBytes)])}";

    private sealed class Progress
    {
        public volatile int Inputs;
        public volatile byte[] Input = [];
    }
}
