namespace Dunning.Evidence;

/// <summary>A file as it is in the archive.</summary>
/// <param name="Content">Empty when only the hash was asked for.</param>
internal sealed record PackFile(long Bytes, string Sha256, ReadOnlyMemory<byte> Content);
