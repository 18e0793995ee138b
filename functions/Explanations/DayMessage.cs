using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>One message that was given to a provider and names the invoice.</summary>
/// <param name="Tone">Null when an earlier release sent it.</param>
/// <param name="Step">Null when the message names the invoice beside others whose step was due.</param>
/// <param name="To">Empty when the personal data are erased.</param>
/// <param name="At">UTC.</param>
public sealed record DayMessage(
    NoticeId? Notice,
    NoticeTone? Tone,
    StepId? Step,
    IReadOnlyList<Channel> Channels,
    IReadOnlyList<string> To,
    DateTimeOffset At
)
{
    /// <summary>
    /// What the provider reported later about the main recipient: delivered or not; null when nothing was reported.
    /// </summary>
    public EventKind? Delivery { get; init; }

    /// <summary>The messages of a day, oldest first. A task for the account manager is none.</summary>
    internal static IReadOnlyList<DayMessage> SentOn(InvoiceHistory history, DateOnly day) =>
        [
            .. history
                .EventsOn(day)
                .Where(e => e.Kind is EventKind.Sent && e.Tone is not NoticeTone.FollowUp)
                .Select(sent => new DayMessage(
                    sent.Notice,
                    sent.Tone,
                    sent.Step,
                    sent.Channels ?? [],
                    sent.Message?.To ?? [],
                    sent.At
                )
                {
                    Delivery = history.Events.LastOrDefault(e => IsReportAbout(sent, e))?.Kind,
                }),
        ];

    private static bool IsReportAbout(InvoiceEvent sent, InvoiceEvent report) =>
        report.Kind is EventKind.Delivered or EventKind.NotDelivered
        && report.Notice == sent.Notice
        // Of a copy to another recipient nothing is said.
        && (sent.Message?.To is not [var main, ..] || report.Message?.To is not [var about, ..] || main == about);
}
