using System.Text.Json;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// What Azure Communication Services says became of a mail at one recipient:
/// <c>Microsoft.Communication.EmailDeliveryReportReceived</c>
/// (learn.microsoft.com/azure/event-grid/communication-services-email-events), in Event Grid's own schema or as a
/// CloudEvent.
/// </summary>
internal sealed record AcsEvent(Guid MessageId, string Recipient, DeliveryStatus Status, string Reason)
{
    private const string DeliveryReport = "Microsoft.Communication.EmailDeliveryReportReceived";
    private const int MaxReason = 300;

    // The service's documents and its own tests differ in the case of names.
    private static readonly JsonSerializerOptions _anyCase = new() { PropertyNameCaseInsensitive = true };

    /// <returns>Null for another kind of event, and for a status that we do not know.</returns>
    /// <exception cref="JsonException">The text is no such event.</exception>
    public static AcsEvent? Read(string text)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(text, _anyCase);
        if ((envelope?.EventType ?? envelope?.Type) != DeliveryReport)
            return null;
        if (
            envelope!.Data is not { Recipient: { } recipient, Status: { } status } data
            || !Guid.TryParse(data.MessageId, out var id)
        )
            throw new JsonException("A delivery report names a message id, a recipient and a status.");
        return StatusOf(status) is { } arrival
            ? new(id, recipient, arrival, ReasonOf(status, data.DeliveryStatusDetails?.StatusMessage))
            : null;
    }

    private static DeliveryStatus? StatusOf(string status) =>
        status.ToUpperInvariant() switch
        {
            // Expanded: a list took it, and sends it on to its members.
            "DELIVERED" or "EXPANDED" => DeliveryStatus.Delivered,
            "BOUNCED" or "SUPPRESSED" => DeliveryStatus.Dead,
            "FAILED" or "QUARANTINED" or "FILTEREDSPAM" => DeliveryStatus.Failed,
            _ => null,
        };

    private static string ReasonOf(string status, string? message)
    {
        var reason = string.IsNullOrWhiteSpace(message) ? status : $"{status}, {UntrustedText.Clean(message)}";
        return reason.Length > MaxReason ? reason[..MaxReason] : reason;
    }

    private sealed record Envelope(string? EventType, string? Type, Report? Data);

    private sealed record Report(string? MessageId, string? Recipient, string? Status, Details? DeliveryStatusDetails);

    private sealed record Details(string? StatusMessage);
}
