using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>
/// The one place where a <see cref="DayDecision"/> gets its words. Each is a sentence without a full stop. Nothing
/// reads them back.
/// </summary>
internal static class DayDecisionText
{
    public static string Of(DayDecision d) =>
        d.DisputedPart is { } part && d.Code is not DayDecisionCode.Disputed
            ? $"{Sentence(d)}; {part} is in dispute and not asked for"
            : Sentence(d);

    private static string Sentence(DayDecision d) =>
        d.Code switch
        {
            DayDecisionCode.Sent => $"Sent: {Messages(d)}",
            DayDecisionCode.NotDelivered => $"Sent and not delivered: {Messages(d)}",
            DayDecisionCode.NotAccepted => $"The invoice came later, on {Date(d.Until)}",
            DayDecisionCode.NotRecorded => "The decisions of that day were not recorded",
            DayDecisionCode.NotDecided => $"{Step(d)} was due on {Date(d.Until)}, and nothing has decided about it yet",
            DayDecisionCode.NextStepLater when d.Step is null => $"Nothing is due before {Date(d.Until)}",
            DayDecisionCode.NextStepLater => $"The next step, '{d.Step}', is due on {Date(d.Until)}",
            DayDecisionCode.NoFurtherStep => "Every step of the policy has been taken",
            DayDecisionCode.PlanPart => $"Part {d.Part} of the payment plan falls due on {Date(d.Until)}",
            _ => Waiting(d) ?? Customer(d) ?? $"Not sent, because {Closed(d)}{Given(d)}",
        };

    /// <returns>Null when the reason lies elsewhere than in the time or in the sending.</returns>
    private static string? Waiting(DayDecision d) =>
        d.Code switch
        {
            DayDecisionCode.Planned => $"{Step(d)} is planned{By(d.Channels)} and not sent yet",
            DayDecisionCode.SendingStopped => $"{Step(d)} waits: all sending is stopped",
            DayDecisionCode.OutsideSendWindow =>
                $"{Step(d)} waits{Until(d)}: it was outside the hours in which messages are sent",
            DayDecisionCode.NonBusinessDay => $"{Step(d)} waits{Until(d)}: it was no business day of the customer",
            DayDecisionCode.FeedSilent =>
                $"{Step(d)} waits: nothing has come from a source of payments for longer than usual",
            DayDecisionCode.QuietDay => $"{Step(d)} waits{Until(d)}: the policy sends nothing on these days",
            DayDecisionCode.RateLimited => $"{Step(d)} waits{Until(d)}: the messages of the day were used up",
            DayDecisionCode.ContactCap =>
                $"{Step(d)} waits{Until(d)}: the customer had got as many reminders as may be sent",
            DayDecisionCode.RecentNotice =>
                $"{Step(d)} waits{Until(d)}: the last reminder or step is dated {Date(d.RecentOn)}",
            DayDecisionCode.Covered => $"{Step(d)} is covered by notice {d.Notice}",
            DayDecisionCode.StepSkipped => $"{Step(d)} was skipped: its time had passed",
            DayDecisionCode.TaskForPerson => $"{Step(d)} is a task for a person{EventText.Colon(d.Text)}",
            DayDecisionCode.AwaitsApproval => $"{Step(d)} waits for a person's approval",
            DayDecisionCode.Rejected => $"The provider refused the message{By(d.Channels)}{EventText.Colon(d.Text)}",
            DayDecisionCode.InDoubt => $"The message{By(d.Channels)} may or may not have been sent",
            DayDecisionCode.RetryLater => $"The message{By(d.Channels)} is tried again{EventText.Colon(d.Text)}",
            _ => null,
        };

    /// <returns>Null when nobody has to wait for the customer or a person.</returns>
    private static string? Customer(DayDecision d) =>
        d.Code switch
        {
            DayDecisionCode.OnHold => $"On hold{Until(d)}{Person(d)}: {HoldText(d)}",
            DayDecisionCode.Disputed => $"The invoice is in dispute{Person(d)}{EventText.Colon(d.Text)}",
            DayDecisionCode.Promised => $"The customer has promised to pay{On(d)}{RecordedBy(d)}",
            DayDecisionCode.PaymentPending => $"A payment is on its way{Until(d)}",
            DayDecisionCode.MilestoneNotReached when d.Part is { } part =>
                $"Part {part} of the payment plan waits for its milestone",
            _ => null,
        };

    private static string Closed(DayDecision d) =>
        d.Code is DayDecisionCode.Erased ? ReasonText.Of(DunningBlock.Erased)
        : Enum.TryParse<DunningBlock>(d.Code.ToString(), out var block) ? ReasonText.Of(block)
        : throw new ArgumentOutOfRangeException(nameof(d), d.Code, "The code has no words: add them here.");

    private static string Messages(DayDecision d) =>
        string.Join(
            "; ",
            d.Messages.Select(message =>
                $"{(message.Step is { } step ? $"step '{step}'" : "named with others")}{Tone(message)}"
                + $"{By(message.Channels)}{To(message)}"
            )
        );

    private static string Tone(DayMessage message) => message.Tone is { } tone ? $" ({JsonName(tone.ToString())})" : "";

    private static string To(DayMessage message) => message.To.Count > 0 ? $" to {string.Join(", ", message.To)}" : "";

    private static string Step(DayDecision d) => d.Step is { } step ? $"Step '{step}'" : "The message";

    private static string HoldText(DayDecision d) =>
        d.Hold is { } reason
            ? ReasonText.Of(new Hold(reason, default, d.Until) { Text = d.Text, ApprovalFor = d.Step })
            : ReasonText.Given(d.Text);

    private static string Given(DayDecision d) => d.By is null ? "" : $", decided{Person(d)}{EventText.Colon(d.Text)}";

    private static string Person(DayDecision d) => d.By is { } by ? $" by {by}" : "";

    private static string On(DayDecision d) => d.Until is { } on ? $" on {Date(on)}" : "";

    private static string RecordedBy(DayDecision d) => d.By is { } by ? $"; recorded by {by}" : "";

    private static string Until(DayDecision d) => d.Until is { } until ? $" until {Date(until)}" : "";

    private static string By(IReadOnlyList<Channel> channels) =>
        channels.Count == 0 ? "" : $" by {string.Join(" and ", channels.Select(channel => channel.Name()))}";

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
