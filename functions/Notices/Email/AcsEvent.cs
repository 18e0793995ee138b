using System.Text.Json;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// The delivery status of an email for one recipient, reported by Azure Communication Services:
/// <c>Microsoft.Communication.EmailDeliveryReportReceived</c>
/// (learn.microsoft.com/azure/event-grid/communication-services-email-events), in Event Grid's own schema or as a
/// CloudEvent.
/// </summary>
internal sealed record AcsEvent(Guid MessageId, string Recipient, DeliveryStatus Status, string Reason)
{
    private const string DeliveryReport = "Microsoft.Communication.EmailDeliveryReportReceived";
    private const int MaxReason = 300;

    // The service's documentation and its tests differ in the case of property names.
    private static readonly JsonSerializerOptions _anyCase = new() { PropertyNameCaseInsensitive = true };

    /// <returns>Null for another kind of event, and for an unknown status.</returns>
    /// <exception cref="JsonException">The text is not JSON, or the report lacks a required property.</exception>
    public static AcsEvent? Read(string text)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(text, _anyCase);
        if ((envelope?.EventType ?? envelope?.Type) != DeliveryReport)
            return null;
        if (
            envelope!.Data is not { Recipient: { } recipient, Status: { } status } data
            || !Guid.TryParse(data.MessageId, out var id)
        )
            throw new JsonException("The delivery report lacks a message id, a recipient or a status.");
        return StatusOf(status) is { } deliveryStatus
            ? new(id, recipient, deliveryStatus, ReasonOf(status, data.DeliveryStatusDetails?.StatusMessage))
            : null;
    }

    private static DeliveryStatus? StatusOf(string status) =>
        status.ToUpperInvariant() switch
        {
            // Expanded: a distribution list accepted it and forwards it to its members.
            "DELIVERED" or "EXPANDED" => DeliveryStatus.Delivered,
            "BOUNCED" or "SUPPRESSED" => DeliveryStatus.Dead,
            "FAILED" or "QUARANTINED" or "FILTEREDSPAM" => DeliveryStatus.Failed,
            _ => null,
        };

    private static string ReasonOf(string status, string? message)
    {
        var reason = string.IsNullOrWhiteSpace(message) ? status : $"{status}, {UntrustedText.Clean(message)}";
        return CutText.To(reason, MaxReason);
    }

    private sealed record Envelope(string? EventType, string? Type, Report? Data);

    private sealed record Report(string? MessageId, string? Recipient, string? Status, Details? DeliveryStatusDetails);

    private sealed record Details(string? StatusMessage);
}
