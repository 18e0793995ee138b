namespace Dunning.Evidence;

/// <summary>
/// The key that signs evidence packs cannot be used. The message says what to correct; it contains no secret.
/// </summary>
/// <param name="isTemporary">True when the same request may succeed later.</param>
internal sealed class EvidenceKeyException(string message, bool isTemporary = false, Exception? cause = null)
    : Exception(message, cause)
{
    public bool IsTemporary { get; } = isTemporary;
}
