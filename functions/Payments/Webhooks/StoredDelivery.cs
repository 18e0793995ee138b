using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>A delivery with its state in the inbox.</summary>
/// <param name="State">The prefix of its row key.</param>
/// <param name="IsListed">It is listed for a person.</param>
/// <param name="IsApplied">Nothing is left to do.</param>
public sealed record StoredDelivery(string State, Versioned<WebhookDelivery> Row, bool IsListed, bool IsApplied);
