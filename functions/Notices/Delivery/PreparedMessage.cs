using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>
/// A rendered message, ready for the claim: whatever can fail before the provider is called is done.
/// </summary>
/// <param name="To">All addresses, that of the main recipient first.</param>
/// <param name="TextHash">SHA-256 of the text.</param>
/// <param name="Evidence">For the event.</param>
/// <param name="Content">For the archive: exactly what the provider is given.</param>
public record PreparedMessage(
    IReadOnlyList<string> To,
    string? TextHash,
    MessageEvidence Evidence,
    MessageContent Content
)
{
    /// <summary>As how many messages the provider's rate limit counts it.</summary>
    public int Messages { get; init; } = 1;
}
