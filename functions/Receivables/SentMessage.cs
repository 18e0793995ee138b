using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// A message that was given to a provider, with its delivery status. One row per notice that was sent or that the
/// provider rejected.
/// </summary>
/// <param name="Notice">The notice as claimed.</param>
/// <param name="InvoiceIds">Ids of the invoices that the message named.</param>
/// <param name="At">UTC.</param>
public sealed record SentMessage(Notice Notice, IReadOnlyList<string> InvoiceIds, DateTimeOffset At) : StoredRecord
{
    /// <summary>
    /// The day in the customer's zone on which a person posted the letter or called; null for what a provider sent.
    /// </summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>The final status per address; later reports do not change it.</summary>
    public IReadOnlyDictionary<string, DeliveryStatus> Statuses { get; init; } =
        new Dictionary<string, DeliveryStatus>();

    /// <summary>
    /// The recipient as stored in the notice; providers change the case of addresses. Null when the message was not
    /// sent to the address.
    /// </summary>
    public string? Find(string address) =>
        Notice.To.FirstOrDefault(to => string.Equals(to, address, StringComparison.OrdinalIgnoreCase));

    /// <summary>False when it could not be delivered to the main recipient; copies do not count.</summary>
    public bool MayHaveArrived =>
        Notice.To.Count == 0
        || !Statuses.TryGetValue(Notice.To[0], out var status)
        || status is DeliveryStatus.Delivered;
}

/// <summary>
/// The delivery status of a message at one address. The attribute is needed because the Functions host deserialises
/// queue messages without our <c>JsonSerializerOptions</c>.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    Delivered,

    /// <summary>Not delivered; a later message to the address may be.</summary>
    Failed,

    /// <summary>Not delivered, permanently: the address is not used again.</summary>
    Dead,
}
