namespace Dunning.Notices.Delivery;

/// <summary>
/// A rendered message, ready for the claim: whatever can fail before the provider is called is done.
/// </summary>
/// <param name="Summary">Subject or text, for the event.</param>
/// <param name="To">All addresses, that of the main recipient first.</param>
/// <param name="TextHash">SHA-256 of the text.</param>
/// <param name="Details">Details of the event, such as addresses and ids.</param>
public record PreparedMessage(
    string Summary,
    IReadOnlyList<string> To,
    string? TextHash,
    IReadOnlyDictionary<string, string> Details
)
{
    /// <summary>As how many messages the provider's rate limit counts it.</summary>
    public int Messages { get; init; } = 1;
}
