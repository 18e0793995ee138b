namespace Dunning.Evidence;

/// <summary>What the manifest says apart from the list of files.</summary>
/// <param name="Missing">What the pack lacks, in words.</param>
internal sealed record PackContents(
    string ProductVersion,
    DateTimeOffset CreatedAt,
    EvidenceSubject Subject,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ManifestChain> Chains
);
