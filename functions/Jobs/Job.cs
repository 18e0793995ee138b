using Dunning.Receivables;

namespace Dunning.Jobs;

/// <summary>
/// Work that can take longer than a request. It is done in slices: each ends with the row that says how far the job
/// is, so that a crash repeats one slice and no more.
/// </summary>
/// <param name="Id">Also the name of its folder in the container.</param>
public sealed record Job(string Id, JobKind Kind, DateTimeOffset CreatedAt) : StoredRecord
{
    /// <summary>A slice that fails as often in a row is given up, as its message is by the queue.</summary>
    public const int MaxFailures = 5;

    /// <summary>A longer silence than any slice takes: the message of the next slice was lost.</summary>
    private static readonly TimeSpan _stalled = TimeSpan.FromMinutes(15);

    public JobState State { get; init; }

    /// <summary>How many slices are done, from 0.</summary>
    public int Slices { get; init; }

    /// <summary>Where the next slice begins; the kind knows what it means. Null for the beginning.</summary>
    public string? Position { get; init; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>Customers, lines or whatever the kind counts.</summary>
    public int Done { get; init; }

    /// <summary>UTC; of the last slice, or of the creation.</summary>
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    /// <summary>Why it failed, for people; null unless it did.</summary>
    public string? Problem { get; init; }

    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    public bool IsStalled(DateTimeOffset now) => !IsOver && now - UpdatedAt > _stalled;

    /// <param name="slice">What the slice has done; the files of it are stored.</param>
    internal Job After(JobSlice slice, DateTimeOffset now) =>
        this with
        {
            State = slice.Position is null ? JobState.Done : JobState.Running,
            Slices = Slices + 1,
            Position = slice.Position,
            Percent = slice.Position is null ? 100 : slice.Percent,
            Done = Done + slice.Done,
            UpdatedAt = now,
            Failures = 0,
            Problem = null,
        };

    internal Job AfterFailure(DateTimeOffset now)
    {
        var failed = this with { Failures = Failures + 1, UpdatedAt = now };
        return failed.Failures < MaxFailures
            ? failed
            : failed with
            {
                State = JobState.Failed,
                Problem = "It failed five times in a row: see GET /api/manage/recover.",
            };
    }

    internal Job Cancel(DateTimeOffset now) => this with { State = JobState.Cancelled, UpdatedAt = now };
}

public enum JobKind
{
    Simulation,
    BankFile,
    InvoiceFile,
    Export,
    Import,
    Report,
}

public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,

    /// <summary>A person stopped it; what it has done stays done.</summary>
    Cancelled,
}
