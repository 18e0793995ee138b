namespace Dunning.Evidence;

/// <summary>What a pack may hold at most: more is taken for an attack on the reader.</summary>
/// <param name="MaxBytes">Of all files together, unpacked; also of the archive.</param>
/// <param name="MaxFiles">The manifest and its signature included.</param>
/// <param name="MaxInMemory">Of the manifest, or of the events of one invoice, which are read as a whole.</param>
internal sealed record PackLimits(long MaxBytes, int MaxFiles, int MaxInMemory)
{
    public static readonly PackLimits Default = new(2L << 30, 50_000, 64 << 20);
}
