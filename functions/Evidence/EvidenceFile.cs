namespace Dunning.Evidence;

/// <param name="Path">Inside the pack, see <see cref="EvidencePath.IsSafe"/>.</param>
internal sealed record EvidenceFile(string Path, ReadOnlyMemory<byte> Content);
