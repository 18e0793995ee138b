namespace Dunning.Evidence;

/// <summary>An archive has more than <see cref="PackLimits"/> allow.</summary>
internal sealed class PackTooLargeException() : Exception("The archive is larger than an evidence pack can be.");
