namespace Dunning.Jobs;

/// <summary>A job as the API shows it.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Done">Customers or lines, as docs/http-api.md says of the kind.</param>
/// <param name="Problem">Why it failed; null unless it did.</param>
/// <param name="Summary">The address of its figures; null before the first slice.</param>
/// <param name="Result">The address of its result; null until it is done.</param>
public sealed record JobView(
    string Id,
    JobKind Kind,
    JobState State,
    int Percent,
    int Done,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Problem,
    string? Summary,
    string? Result
)
{
    internal static string AddressOf(string id) => $"/api/jobs/{id}";

    internal static JobView Of(Job job) =>
        new(
            job.Id,
            job.Kind,
            job.State,
            job.Percent,
            job.Done,
            job.CreatedAt,
            job.UpdatedAt,
            job.Problem,
            job.Slices > 0 ? $"{AddressOf(job.Id)}/summary" : null,
            job.State is JobState.Done ? $"{AddressOf(job.Id)}/result" : null
        );
}
