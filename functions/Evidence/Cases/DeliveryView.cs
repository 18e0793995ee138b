using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary><c>deliveries.json</c>: what became of each message.</summary>
/// <param name="Statuses">The final status per address.</param>
internal sealed record DeliveryView(
    string? Folder,
    NoticeId? Notice,
    NoticeTone? Tone,
    IReadOnlyList<Channel>? Channels,
    DateTimeOffset At,
    MessageEvidence? Message,
    DateTimeOffset? DeliveredAt,
    IReadOnlyDictionary<string, DeliveryStatus>? Statuses,
    IReadOnlyList<InvoiceEvent> Events
)
{
    /// <param name="folder">Null when the message is not in the archive.</param>
    public static DeliveryView Create(CaseMessage message, string? folder) =>
        new(
            folder,
            message.Given.Notice,
            message.Given.Tone,
            message.Given.Channels,
            message.Given.At,
            message.Given.Message,
            message.DeliveredAt,
            message.Sent?.Statuses,
            message.Events
        );
}
