namespace Dunning.Evidence;

/// <param name="File">The path in the pack, printable; null when the pack as a whole is meant.</param>
/// <param name="Event">The number of the event; of removed events, the first one.</param>
/// <param name="Key">The row key of the event, printable.</param>
/// <param name="Count">How many events were removed.</param>
internal sealed record PackProblem(
    PackProblemCode Code,
    string? File = null,
    long? Event = null,
    string? Key = null,
    long Count = 1
);
