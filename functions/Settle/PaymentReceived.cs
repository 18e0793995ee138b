namespace Dunning.Settle;

/// <summary>A verified event lies in the inbox: apply it. Any number of these for one event is harmless.</summary>
/// <param name="Discarded">A person has decided that it is not applied: leave it to people, and let its invoices go on.</param>
public sealed record PaymentReceived(string Endpoint, string Delivery, Discarded? Discarded = null);

/// <param name="Words">Who decided and why, for the end of a sentence.</param>
public sealed record Discarded(string Words, DateTimeOffset At);
