namespace Dunning.Evidence;

/// <param name="Sha256">In lower-case hex.</param>
internal sealed record ManifestFile(string Path, long Bytes, string Sha256);
