using System.Globalization;

namespace Dunning.Tests.Fuzzing;

/// <summary>What came of one target.</summary>
/// <param name="MostPerByte">
/// Bytes allocated for each byte of the input, at the most; inputs below <see cref="FuzzRun.Small"/> count as that
/// long.
/// </param>
internal sealed record FuzzRow(
    string Target,
    int Inputs,
    int Accepted,
    int Refused,
    IReadOnlyList<string> Failures,
    long MostAllocated,
    double MostPerByte
)
{
    public const string Head =
        "| target | inputs | accepted | refused | failures | most allocated, KB | for each input byte "
        + "|\n|---|--:|--:|--:|--:|--:|--:|";

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Target} | {Inputs:N0} | {Accepted:N0} | {Refused:N0} | {Failures.Count} | "
                + $"{MostAllocated / 1024:N0} | {MostPerByte:N0} |"
        );
}

/// <summary>
/// Sends mutated inputs to one target: the same ones on every run. Time is not measured but for a hang, because
/// machines are shared.
/// </summary>
internal static class FuzzRun
{
    public const int Small = 256;
    private const int Warmups = 20,
        Renewal = 250,
        Sound = 50,
        FailuresTold = 5,
        InputTold = 600;

    /// <summary>Bytes allocated: so much for an answer, whatever was sent, and so much for each byte of it.</summary>
    private const long Allowance = 4 * 1024 * 1024,
        AllowanceForByte = 2 * 1024;

    /// <summary>Far beyond what a busy machine makes of a millisecond's work.</summary>
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(1);

    /// <summary>
    /// <c>DUNNING_FUZZ=full</c> asks for what the test command cannot afford; a number in its place says how many
    /// inputs.
    /// </summary>
    public static int Inputs { get; } =
        Environment.GetEnvironmentVariable("DUNNING_FUZZ") switch
        {
            null or "" => 2_000,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => count,
            _ => 100_000,
        };

    /// <exception cref="TimeoutException">An input kept the target busy for a minute.</exception>
    public static async Task<FuzzRow> OfAsync(FuzzTarget target)
    {
        var progress = new Progress();
        // A thread of its own: allocation is counted by the thread, and a hang must not stop the watch over it.
        var run = Task.Factory.StartNew(
            () => Run(target, progress),
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        for (var seen = -1; await Task.WhenAny(run, Task.Delay(_hang)) != run; seen = progress.Inputs)
        {
            if (seen == progress.Inputs)
                throw new TimeoutException($"{target.Name} hangs: {Describe(progress.Inputs, progress.Input)}");
        }
        return await run;
    }

    private static FuzzRow Run(FuzzTarget target, Progress progress)
    {
        var random = new Random(20260105);
        var one = target.Start();
        foreach (var sound in Enumerable.Repeat(target.Seeds, Warmups).SelectMany(seeds => seeds))
            one.Take(sound, random);
        var (accepted, most, mostPerByte) = (0, 0L, 0.0);
        List<string> failures = [];
        for (var i = 0; i < Inputs; i++)
        {
            if (i % Renewal == 0)
                one = Renew(one, target, i, failures);
            var seed = target.Seeds[random.Next(target.Seeds.Count)];
            // What is sound meets what the mutated inputs before it have left behind.
            var input = i % Sound == 0 ? seed : Mutation.Mutate(seed, random);
            (progress.Inputs, progress.Input) = (i, input);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var failure = TryTake(one, input, random, out var taken);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (failure is null && allocated > Allowance + AllowanceForByte * input.Length)
                failure = $"took {allocated:N0} bytes";
            if (failure is not null)
                Note(failures, $"{failure}\n{Describe(i, input)}");
            else if (taken)
                accepted++;
            (most, mostPerByte) = (
                Math.Max(most, allocated),
                Math.Max(mostPerByte, (double)allocated / Math.Max(input.Length, Small))
            );
        }
        Renew(one, target, Inputs, failures);
        return new(target.Name, Inputs, accepted, Inputs - accepted - failures.Count, failures, most, mostPerByte);
    }

    private static string? TryTake(IFuzzed one, byte[] input, Random random, out bool taken)
    {
        taken = false;
        try
        {
            taken = one.Take(input, random);
            return null;
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}";
        }
    }

    private static IFuzzed Renew(IFuzzed one, FuzzTarget target, int at, List<string> failures)
    {
        try
        {
            one.Check();
        }
        catch (Exception flaw)
        {
            Note(failures, $"before input {at}: {flaw.Message}");
        }
        return target.Start();
    }

    /// <summary>All are counted; the words of the first few are enough.</summary>
    private static void Note(List<string> failures, string failure) =>
        failures.Add(failures.Count < FailuresTold ? failure : "");

    private static string Describe(int number, byte[] input) =>
        $"input {number}, {input.Length} bytes: {Convert.ToBase64String(input[..Math.Min(input.Length, InputTold)])}";

    private sealed class Progress
    {
        public volatile int Inputs;
        public volatile byte[] Input = [];
    }
}
