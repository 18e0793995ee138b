namespace Dunning.Settle;

/// <summary>A verified event lies in the inbox: apply it. Any number of these for one event is harmless.</summary>
public sealed record PaymentReceived(string Endpoint, string Delivery);
