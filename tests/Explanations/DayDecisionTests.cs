using Dunning.Explanations;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Explanations;

public sealed class DayDecisionTests
{
    public static TheoryData<DayDecisionCode> Codes => [.. Enum.GetValues<DayDecisionCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_can_occur_and_has_words(DayDecisionCode code)
    {
        Assert.True(DayHistories.All.TryGetValue(code, out var history), $"Add a history that ends in {code}.");

        var decision = DayDecision.Decide(history, DayHistories.Day);

        Assert.Equal(code, decision.Code);
        Assert.True(decision.Words.Length > 10, decision.Words);
        Assert.DoesNotContain("—", decision.Words, StringComparison.Ordinal);
        Assert.Equal(DayHistories.Day, decision.Date);
    }

    [Fact]
    public void No_two_codes_have_the_same_words() =>
        Assert.Equal(
            DayHistories.All.Count,
            DayHistories.All.Values.Select(h => DayDecision.Decide(h, DayHistories.Day).Words).Distinct().Count()
        );

    [Fact]
    public void A_message_says_what_was_sent_by_which_step_to_whom()
    {
        var decision = DayDecision.Decide(DayHistories.Of(DayHistories.Sent()), DayHistories.Day);

        Assert.Equal("Sent: step 'second' (helpful) by email to ap@buyer.example", decision.Words);
        Assert.Equal(("second", "20260210090000-email"), (decision.Step?.Value, decision.Notice?.Value));
        Assert.Equal([Channel.Email], decision.Channels);
    }

    [Fact]
    public void Two_messages_of_a_day_are_both_told_and_one_that_arrived_is_enough()
    {
        var text = DayHistories.Sent("20260210090000-sms") with
        {
            Channels = [Channel.Sms],
            Message = new() { To = ["+447700900001"] },
        };
        var lost = DayHistories.At("2026-02-11T08:00Z", EventKind.NotDelivered) with
        {
            Notice = new("20260210090000-email"),
            Message = new() { To = ["ap@buyer.example"] },
        };

        var decision = DayDecision.Decide(DayHistories.Of(DayHistories.Sent(), text, lost), DayHistories.Day);

        Assert.Equal(DayDecisionCode.Sent, decision.Code);
        Assert.Equal([EventKind.NotDelivered, null], decision.Messages.Select(message => message.Delivery));
        Assert.Equal([Channel.Email, Channel.Sms], decision.Channels);
    }

    [Fact]
    public void A_bounced_copy_does_not_make_the_message_undelivered()
    {
        var copy = DayHistories.At("2026-02-11T08:00Z", EventKind.NotDelivered) with
        {
            Notice = new("20260210090000-email"),
            Message = new() { To = ["copy@buyer.example"] },
        };

        var decision = DayDecision.Decide(DayHistories.Of(DayHistories.Sent(), copy), DayHistories.Day);

        Assert.Equal(DayDecisionCode.Sent, decision.Code);
    }

    [Fact]
    public void A_task_that_was_mailed_to_the_account_manager_is_no_message_to_the_customer()
    {
        var task = DayHistories.OnDay(EventKind.TaskForPerson) with
        {
            Reason = EventReason.StepNeedsPerson,
            Step = new("call"),
        };
        var mailed = DayHistories.Sent() with { Tone = NoticeTone.FollowUp };

        var decision = DayDecision.Decide(DayHistories.Of(task, mailed), DayHistories.Day);

        Assert.Equal((DayDecisionCode.TaskForPerson, "call"), (decision.Code, decision.Step?.Value));
    }

    [Theory]
    [InlineData("2026-02-09", DayDecisionCode.OnHold)]
    [InlineData("2026-02-13", DayDecisionCode.OnHold)]
    // The hold's last day has passed; the row has it until the next step falls due.
    [InlineData("2026-02-14", DayDecisionCode.NextStepLater)]
    public void A_hold_with_an_end_explains_the_days_before_it(string day, DayDecisionCode code)
    {
        var held = DayHistories.Since(
            new()
            {
                Block = DunningBlock.OnHold,
                Hold = HoldReason.Requested,
                HeldUntil = TestData.Day("2026-02-14"),
                Next = DayHistories.Next("2026-02-17T09:00Z"),
            },
            EventKind.Held
        ) with
        {
            By = "Maya",
            Text = "waits for the delivery",
        };

        var decision = DayDecision.Decide(DayHistories.Of(held), TestData.Day(day));

        Assert.Equal(code, decision.Code);
        Assert.Equal(
            code is DayDecisionCode.OnHold
                ? "On hold until 2026-02-14 by Maya: waits for the delivery"
                : "The next step, 'second', is due on 2026-02-17",
            decision.Words
        );
    }

    [Fact]
    public void A_dispute_of_a_part_stops_nothing_and_is_told()
    {
        var disputed = DayHistories.Since(
            new() { Next = DayHistories.Next("2026-02-17T09:00Z"), DisputedPart = TestData.Eur(30_00) },
            EventKind.Disputed
        );

        var decision = DayDecision.Decide(DayHistories.Of(disputed), DayHistories.Day);

        Assert.Equal(DayDecisionCode.NextStepLater, decision.Code);
        Assert.EndsWith(
            "30.00 EUR is in dispute and not asked for",
            decision.Words.Replace('\u00a0', ' '),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_step_that_the_minimum_days_delay_says_since_when_and_until_when()
    {
        var spaced = DayHistories.Since(
            new() { Next = DayHistories.Next("2026-02-12T09:00Z").SpacedFrom(TestData.Day("2026-02-09")) },
            EventKind.Planned
        );

        var decision = DayDecision.Decide(DayHistories.Of(spaced), DayHistories.Day);

        Assert.Equal(
            "Step 'second' waits until 2026-02-12: the last reminder or step is dated 2026-02-09",
            decision.Words
        );
    }

    [Theory]
    [InlineData("2026-02-08", DayDecisionCode.NotRecorded)]
    [InlineData("2026-02-09", DayDecisionCode.Planned)]
    [InlineData("2026-02-10", DayDecisionCode.SendingStopped)]
    [InlineData("2026-02-11", DayDecisionCode.SendingStopped)]
    [InlineData("2026-02-12", DayDecisionCode.Planned)]
    public void Only_the_days_of_the_stop_are_explained_by_it(string day, DayDecisionCode code)
    {
        var planned = DayHistories.Planned() with { At = TestData.Time("2026-02-09T09:00Z") };
        var history = DayHistories.Of(planned) with
        {
            Sending = SendingState
                .Initial.Stopped("Maya", "a wrong address", TestData.Time("2026-02-10T10:00Z"))
                .Started("Maya", "corrected", TestData.Time("2026-02-11T10:00Z")),
        };

        Assert.Equal(code, DayDecision.Decide(history, TestData.Day(day)).Code);
    }

    [Fact]
    public void Who_stopped_all_sending_is_told_to_the_holder_of_the_master_key_only()
    {
        var decision = DayDecision.Decide(DayHistories.All[DayDecisionCode.SendingStopped], DayHistories.Day);

        Assert.Null(decision.By);
        Assert.DoesNotContain("Maya", decision.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Today_and_the_days_since_the_last_change_are_read_from_the_invoice()
    {
        var invoice = TestData.Invoice() with
        {
            Closed = new(ClosedAs.Settled, TestData.Time("2026-02-18T09:00Z"), ClosedBy.Ledger),
        };
        var history = DayHistories.Of(
            invoice,
            DayHistories.Since(new() { Next = DayHistories.Next("2026-03-17T09:00Z") })
        );

        Assert.Equal(DayDecisionCode.Settled, DayDecision.Decide(history, TestData.Day("2026-02-19")).Code);
        Assert.Equal(DayDecisionCode.Settled, DayDecision.Decide(history, TestData.Day("2026-02-20")).Code);
        Assert.Equal(DayDecisionCode.NextStepLater, DayDecision.Decide(history, DayHistories.Day).Code);
    }

    [Fact]
    public void The_day_is_that_of_the_customer()
    {
        var lateInLondon = DayHistories.Sent() with { At = TestData.Time("2026-02-10T23:30Z") };
        var history = DayHistories.Of(lateInLondon);
        var inRiyadh = history with
        {
            Context = history.Context with { Customer = history.Context.Customer with { TimeZone = "Asia/Riyadh" } },
        };

        Assert.Equal(DayDecisionCode.Sent, DayDecision.Decide(history, DayHistories.Day).Code);
        Assert.Equal(DayDecisionCode.Sent, DayDecision.Decide(inRiyadh, DayHistories.Day.AddDays(1)).Code);
    }
}
