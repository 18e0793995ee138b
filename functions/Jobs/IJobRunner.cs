namespace Dunning.Jobs;

/// <summary>Does the jobs of one kind.</summary>
public interface IJobRunner
{
    JobKind Kind { get; }

    /// <summary>
    /// Does the next slice, in a minute or less. After a crash the same slice runs again: it writes the same files, and
    /// what it changes besides them must be safe to repeat.
    /// </summary>
    Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>What a slice has done.</summary>
/// <param name="Position">Where the next one begins; null when the job is done.</param>
/// <param name="Percent">Of the whole job, 0 to 100.</param>
/// <param name="Done">By this slice, in the unit that the kind counts.</param>
public sealed record JobSlice(string? Position, int Percent, int Done);
