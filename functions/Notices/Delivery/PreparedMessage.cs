namespace Dunning.Notices.Delivery;

/// <summary>
/// A message written and ready: everything that could go wrong before the provider is asked has gone right.
/// </summary>
/// <param name="Summary">Subject or text, for the event.</param>
/// <param name="To">Every address it goes to, the reader's own first.</param>
/// <param name="TextHash">SHA-256 of the text.</param>
/// <param name="Details">Addresses, ids and the like, for the event.</param>
/// <param name="SendAsync">Hands it to the provider; called once, after the claim.</param>
public sealed record PreparedMessage(
    string Summary,
    IReadOnlyList<string> To,
    string? TextHash,
    IReadOnlyDictionary<string, string> Details,
    Func<CancellationToken, Task<SendOutcome>> SendAsync
)
{
    /// <summary>How many messages the provider's quota counts.</summary>
    public int Messages { get; init; } = 1;
}
