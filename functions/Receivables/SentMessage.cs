using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// A message that a provider was given, kept for what is said of it later. One row for each notice that left or was
/// refused.
/// </summary>
/// <param name="Notice">As it was claimed.</param>
/// <param name="InvoiceIds">Ids of the invoices that the message named.</param>
/// <param name="At">UTC.</param>
public sealed record SentMessage(Notice Notice, IReadOnlyList<string> InvoiceIds, DateTimeOffset At)
{
    /// <summary>The last word on each address: it never changes, whatever comes in after it.</summary>
    public IReadOnlyDictionary<string, DeliveryStatus> Statuses { get; init; } =
        new Dictionary<string, DeliveryStatus>();

    /// <summary>
    /// The address as we wrote it: providers change its case. Null for one that the message did not go to.
    /// </summary>
    public string? Find(string address) =>
        Notice.To.FirstOrDefault(to => string.Equals(to, address, StringComparison.OrdinalIgnoreCase));

    /// <summary>False when the reader's own address, not merely one in copy, was not reached.</summary>
    public bool MayHaveArrived =>
        Notice.To.Count == 0
        || !Statuses.TryGetValue(Notice.To[0], out var arrival)
        || arrival is DeliveryStatus.Delivered;
}

/// <summary>
/// What became of a message at one address. It travels in queue messages, which the host reads without our own options.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    Delivered,

    /// <summary>Not delivered; another message may be.</summary>
    Failed,

    /// <summary>Not delivered, and nothing will be: the address is not used again.</summary>
    Dead,
}
