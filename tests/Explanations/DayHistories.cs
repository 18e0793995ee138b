using Dunning.Explanations;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Explanations;

/// <summary>Histories of an invoice, each of which ends on one day in one code.</summary>
internal static class DayHistories
{
    public static readonly DateOnly Day = TestData.Day("2026-02-10");

    private static readonly DunningSnapshot _later = new() { Next = Next("2026-02-17T09:00Z") };

    /// <summary>By the code that the history ends in. A block that drops a planned message is a code, too.</summary>
    public static readonly IReadOnlyDictionary<DayDecisionCode, InvoiceHistory> All = Others()
        .Concat(
            Enum.GetValues<DunningBlock>()
                .Where(block => block is not (DunningBlock.OnHold or DunningBlock.Erased or DunningBlock.FeedSilent))
                .Select(block => (Enum.Parse<DayDecisionCode>(block.ToString()), Of(NotSent(block))))
        )
        .ToDictionary(entry => entry.Item1, entry => entry.Item2);

    public static InvoiceHistory Of(params InvoiceEvent[] events) => Of(TestData.Invoice(), events);

    public static InvoiceHistory Of(Invoice invoice, params InvoiceEvent[] events) =>
        new(
            invoice,
            // Something happened later, so the invoice of today does not tell what it was on the day.
            [.. events, At("2026-02-19T09:00Z", EventKind.Delivered)],
            SendingState.Initial,
            new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-02-20T12:00Z"))
        );

    public static InvoiceEvent At(string instant, EventKind kind) => new(TestData.Time(instant), kind);

    public static InvoiceEvent OnDay(EventKind kind) => At("2026-02-10T09:00Z", kind);

    /// <summary>An event of the day before, after which the invoice waits as the snapshot says.</summary>
    public static InvoiceEvent Since(DunningSnapshot snapshot, EventKind kind = EventKind.Updated) =>
        At("2026-02-09T15:00Z", kind) with
        {
            Snapshot = snapshot,
        };

    public static NextStep Next(string instant) => new(new("second"), TestData.Time(instant), IsUpcoming: false);

    public static InvoiceEvent Sent(string notice = "20260210090000-email") =>
        OnDay(EventKind.Sent) with
        {
            Notice = new(notice),
            Step = new("second"),
            Tone = NoticeTone.Helpful,
            Channels = [Channel.Email],
            Message = new() { To = ["ap@buyer.example"] },
        };

    public static InvoiceEvent Planned() =>
        OnDay(EventKind.Planned) with
        {
            Step = new("second"),
            Channels = [Channel.Email],
            Snapshot = _later,
        };

    private static InvoiceEvent NotSent(DunningBlock block) => OnDay(EventKind.NotSent) with { Block = block };

    private static InvoiceEvent Postponed(EventReason? reason) =>
        OnDay(EventKind.Postponed) with
        {
            Reason = reason,
            Step = new("second"),
            Date = TestData.Day("2026-02-11"),
            Snapshot = _later,
        };

    private static IEnumerable<(DayDecisionCode, InvoiceHistory)> Others() =>
        [
            (DayDecisionCode.Sent, Of(Sent())),
            (DayDecisionCode.NotDelivered, Of(Sent(), Lost("20260210090000-email"))),
            (
                DayDecisionCode.NotAccepted,
                Of(TestData.Invoice() with { AcceptedAt = TestData.Time("2026-02-12T09:00Z") })
            ),
            (DayDecisionCode.NotRecorded, Of(At("2026-02-09T15:00Z", EventKind.Accepted))),
            (DayDecisionCode.NotDecided, Of(Since(new() { Next = Next("2026-02-10T09:00Z") }))),
            (DayDecisionCode.NextStepLater, Of(Since(_later))),
            (DayDecisionCode.NoFurtherStep, Of(Since(new()))),
            (
                DayDecisionCode.PlanPart,
                Of(Since(_later with { Part = 2, PartDue = TestData.Day("2026-02-20") }, EventKind.PlanAgreed))
            ),
            (DayDecisionCode.Planned, Of(Planned())),
            (DayDecisionCode.SendingStopped, Of(Planned()) with { Sending = Stopped() }),
            (DayDecisionCode.OutsideSendWindow, Of(Postponed(EventReason.OutsideSendWindow))),
            (DayDecisionCode.NonBusinessDay, Of(Postponed(EventReason.NonBusinessDay))),
            (DayDecisionCode.QuietDay, Of(Postponed(EventReason.QuietDay))),
            (DayDecisionCode.FeedSilent, Of(Postponed(EventReason.FeedSilent))),
            (DayDecisionCode.RateLimited, Of(Postponed(EventReason.RateLimited))),
            (DayDecisionCode.RecentNotice, Of(Postponed(EventReason.RecentNotice))),
            (DayDecisionCode.ContactCap, Of(Postponed(EventReason.ContactCap))),
            (DayDecisionCode.RetryLater, Of(Postponed(reason: null))),
            (DayDecisionCode.Covered, Of(OnDay(EventKind.Covered) with { Step = new("second"), Notice = new("n-1") })),
            (DayDecisionCode.StepSkipped, Of(OnDay(EventKind.StepSkipped) with { SkippedSteps = [new("courtesy")] })),
            (
                DayDecisionCode.TaskForPerson,
                Of(OnDay(EventKind.TaskForPerson) with { Reason = EventReason.StepNeedsPerson, Step = new("call") })
            ),
            (DayDecisionCode.AwaitsApproval, Of(OnDay(EventKind.ApprovalNeeded) with { Step = new("final") })),
            (DayDecisionCode.Rejected, Of(OnDay(EventKind.Rejected) with { Channels = [Channel.Email] })),
            (DayDecisionCode.InDoubt, Of(OnDay(EventKind.InDoubt) with { Channels = [Channel.Email] })),
            (
                DayDecisionCode.OnHold,
                Of(Since(new() { Hold = HoldReason.Requested, Block = DunningBlock.OnHold }, EventKind.Held))
            ),
            (
                DayDecisionCode.Erased,
                Of(TestData.Invoice() with { ErasedAt = TestData.Time("2026-02-08T09:00Z") }, Since(_later))
            ),
        ];

    private static InvoiceEvent Lost(string notice) =>
        At("2026-02-11T08:00Z", EventKind.NotDelivered) with
        {
            Notice = new(notice),
            Message = new() { To = ["ap@buyer.example"] },
        };

    private static SendingState Stopped() =>
        SendingState
            .Initial.Stopped("Maya", "a wrong address", TestData.Time("2026-02-09T10:00Z"))
            .Started("Maya", "corrected", TestData.Time("2026-02-11T10:00Z"));
}
