namespace Dunning.Evidence;

/// <param name="KeyThumbprint">Of the signature's key (RFC 7638); null when there is none that can be read.</param>
/// <param name="CreatedAt">As the manifest says; null when it cannot be read.</param>
/// <param name="Files">Without the manifest and its signature.</param>
/// <param name="ErasedEvents">Their personal data were erased: only their place in the chain was checked.</param>
internal sealed record PackCheckResult(
    IReadOnlyList<PackProblem> Problems,
    string? KeyThumbprint,
    DateTimeOffset? CreatedAt,
    int Files,
    int Events,
    int ErasedEvents,
    int Chains
)
{
    public bool IsValid => Problems.Count == 0;
}
