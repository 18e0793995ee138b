using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class StepDecisionTests
{
    private static readonly DunningRules _default = Rules.Default;
    private static readonly Invoice _due = TestData.Invoice("2026-02-02");

    [Theory]
    // The scan of 5 February, when the first step fell due, did not run; these are the days on which scans run again.
    [InlineData(1, "first", "")]
    [InlineData(3, "first", "")]
    [InlineData(10, "second", "first")]
    [InlineData(20, "call", "first second third")]
    public void After_a_gap_only_the_highest_step_reached_is_taken(int days, string taken, string passedOver)
    {
        var decision = Decide(_due, TestData.Customer(), TestData.Time("2026-02-05T10:00Z").AddDays(days));

        Assert.Equal(taken, decision.After.Dunning.Step?.Value);
        Assert.Equal(taken, decision.Step!.Id.Value);
        Assert.Equal(passedOver.Split(' ', StringSplitOptions.RemoveEmptyEntries), Skipped(decision));
    }

    [Fact]
    public void After_a_gap_of_forty_days_the_final_step_needs_approval()
    {
        var decision = Decide(_due, TestData.Customer(), TestData.Time("2026-02-05T10:00Z").AddDays(40));

        Assert.Equal(
            ("final", null, null),
            (
                decision.After.Dunning.Hold!.ApprovalFor?.Value,
                decision.After.Dunning.Next,
                decision.After.Dunning.Step?.Value
            )
        );
        Assert.Equal(["first", "second", "third", "call"], Skipped(decision));
        Assert.Equal(EventKind.ApprovalNeeded, decision.Events[^1].Kind);
        Assert.NotNull(decision.FollowUp);
        Assert.Empty(decision.Channels);
    }

    [Fact]
    public void After_a_gap_a_person_calls_before_a_report_is_announced()
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"default","version":1,"steps":[
              {"id":"first","days":3,"tone":"friendly","channels":["email"]},
              {"id":"call","days":21,"tone":"followUp","channels":[],"followUp":"Call."},
              {"id":"report","days":35,"tone":"creditReport","channels":["email"],"payByDays":10,"needsApproval":true,
               "agency":"Agency"}]}]
            """
        );

        var decision = Decide(_due, TestData.Customer(), TestData.Time("2026-03-17T09:00Z"), rules);

        Assert.Equal("call", decision.After.Dunning.Step?.Value);
        Assert.Equal(["first"], Skipped(decision));
    }

    /// <summary>The end of the hold moves the steps: nothing is late yet.</summary>
    [Fact]
    public void A_hold_that_outlasts_the_time_of_a_step_does_not_end_the_reminders()
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"default","version":1,"steps":[
              {"id":"firm","days":14,"tone":"firm","channels":["email"],"sendUntilDays":5}]}]
            """
        );
        var held = _due.WithHold(
            new(HoldReason.Requested, TestData.Time("2026-02-12T09:00Z"), TestData.Day("2026-03-16"))
        );
        var context = new DunningContext(TestData.Customer(), rules, TestData.Time("2026-02-12T09:00Z"));

        var waiting = Schedule.Recalculate(context, held);
        Assert.Equal(TestData.Time("2026-03-16T09:00Z"), waiting.Dunning.Next?.At);

        // 32 days on hold: the fourteenth day is 20 March now.
        var resumed = Decide(waiting, TestData.Customer(), TestData.Time("2026-03-16T09:00Z"), rules).After;
        Assert.Equal(TestData.Time("2026-03-20T09:00Z"), resumed.Dunning.Next?.At);
        var decision = Decide(resumed, TestData.Customer(), TestData.Time("2026-03-20T09:00Z"), rules);
        Assert.Equal("firm", decision.After.Dunning.Step?.Value);
    }

    [Theory]
    [InlineData(null, "firm")]
    [InlineData("final", "final")]
    public void A_step_that_is_too_late_is_skipped_unless_a_person_has_approved_it(string? approved, string taken)
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"default","version":1,"steps":[
              {"id":"firm","days":14,"tone":"firm","channels":["email"]},
              {"id":"final","days":30,"tone":"final","channels":["email"],"payByDays":10,"needsApproval":true,
               "sendUntilDays":5}]}]
            """
        );
        var invoice = _due.WithDunning(dunning =>
            dunning with
            {
                Approved = approved is null ? null : new StepId(approved),
            }
        );

        var decision = Decide(invoice, TestData.Customer(), TestData.Time("2026-03-16T09:00Z"), rules);

        Assert.Equal(taken, decision.After.Dunning.Step?.Value);
    }

    [Fact]
    public void An_approved_step_is_sent()
    {
        var now = TestData.Time("2026-03-04T09:00Z");

        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { Step = new("call"), Approved = new("final") },
            },
            TestData.Customer(),
            now
        );

        Assert.Equal("final", decision.After.Dunning.Step?.Value);
        Assert.Equal([Channel.Email], decision.Channels);
        Assert.Null(decision.FollowUp);
    }

    [Fact]
    public void An_approval_is_for_its_own_step_only()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { Step = new("final"), Approved = new("final") },
            },
            TestData.Customer(),
            TestData.Time("2026-03-19T09:00Z")
        );

        Assert.Equal("hand-over", decision.After.Dunning.Hold!.ApprovalFor?.Value);
    }

    [Fact]
    public void A_step_before_the_due_date_is_void_after_it_and_said_to_be_passed_over()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with
                {
                    Next = new(new StepId("courtesy"), TestData.Time("2026-01-26T09:00Z"), true),
                },
            },
            TestData.Customer(),
            TestData.Time("2026-02-03T10:00Z")
        );

        Assert.Null(decision.Step);
        Assert.Null(decision.After.Dunning.Step);
        Assert.Equal(["courtesy"], Skipped(decision));
        Assert.Equal(
            new NextStep(new StepId("first"), TestData.Time("2026-02-05T09:00Z"), IsUpcoming: false),
            decision.After.Dunning.Next
        );
    }

    [Fact]
    public void A_call_is_a_follow_up_and_sends_nothing_to_the_customer()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { Step = new("third") },
            },
            TestData.Customer(),
            TestData.Time("2026-02-23T09:00Z")
        );

        Assert.StartsWith("Please call", decision.FollowUp!.Text, StringComparison.Ordinal);
        Assert.Empty(decision.Channels);
        Assert.Equal([EventKind.TaskForPerson], decision.Events.Select(e => e.Kind));
        Assert.Equal("final", decision.After.Dunning.Next!.Step.Value);
    }

    [Fact]
    public void A_lighter_step_is_covered_by_the_firmer_notice_of_two_days_ago_that_named_the_invoice()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { ClaimedBy = new("n-1") },
            },
            CustomerWithLastNotice("2026-02-03", NoticeTone.Firm),
            TestData.Time("2026-02-05T09:00Z")
        );

        Assert.Equal("first", decision.After.Dunning.Step?.Value);
        Assert.Equal([EventKind.Covered], decision.Events.Select(e => e.Kind));
        Assert.Empty(decision.Channels);
        Assert.Equal(
            ("second", TestData.Time("2026-02-09T09:00Z")),
            (decision.After.Dunning.Next!.Step.Value, decision.After.Dunning.Next.At)
        );
    }

    [Theory]
    [InlineData("20260203090000-email", "20260203090000-sms")]
    [InlineData("20260203090000-sms", "20260203090000-email")]
    public void Which_channel_sent_last_does_not_decide_whether_a_step_is_covered(string first, string last)
    {
        var (email, sms) = (NoticeOf("20260203090000-email"), NoticeOf("20260203090000-sms"));
        var decision = Decide(
            _due.ClaimedBy(NoticeOf(first)).ClaimedBy(NoticeOf(last)),
            TestData.Customer() with
            {
                LastNotices = new Dictionary<Channel, LastNotice>
                {
                    [Channel.Email] = new(email.Id, TestData.Day("2026-02-03"), NoticeTone.Firm),
                    [Channel.Sms] = new(sms.Id, TestData.Day("2026-02-03"), NoticeTone.Upcoming),
                },
            },
            TestData.Time("2026-02-05T09:00Z")
        );

        var covered = Assert.Single(decision.Events);
        Assert.Equal((EventKind.Covered, email.Id), (covered.Kind, covered.Notice));

        static Notice NoticeOf(string id) =>
            new()
            {
                Id = new(id),
                CustomerId = _due.Id.Customer,
                Channel = Channel.Email,
                Tone = NoticeTone.Firm,
                Lines = [],
                PlannedAt = TestData.Time("2026-02-03T09:00Z"),
                NotBefore = TestData.Time("2026-02-03T09:00Z"),
            };
    }

    [Fact]
    public void A_firmer_step_waits_until_three_days_after_the_last_notice()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { Step = new("second") },
            },
            CustomerWithLastNotice("2026-02-15", NoticeTone.Friendly),
            TestData.Time("2026-02-16T09:00Z")
        );

        Assert.Equal("second", decision.After.Dunning.Step?.Value);
        Assert.Equal([EventKind.Postponed], decision.Events.Select(e => e.Kind));
        Assert.Equal(
            new NextStep(new StepId("third"), TestData.Time("2026-02-18T09:00Z"), IsUpcoming: false).SpacedFrom(
                TestData.Day("2026-02-15")
            ),
            decision.After.Dunning.Next
        );
    }

    [Theory]
    [InlineData("2026-02-03", "2026-02-06")] // three days after it
    [InlineData("2026-02-05", "2026-02-06")] // still in the outbox: only tomorrow it is known which invoices it named
    public void A_notice_that_did_not_name_the_invoice_makes_it_wait(string writtenTo, string next)
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { ClaimedBy = new("n-0") },
            },
            CustomerWithLastNotice(writtenTo, NoticeTone.Firm),
            TestData.Time("2026-02-05T09:00Z")
        );

        Assert.Null(decision.After.Dunning.Step);
        Assert.Equal([EventKind.Postponed], decision.Events.Select(e => e.Kind));
        Assert.Equal(
            new NextStep(new StepId("first"), TestData.Time($"{next}T09:00Z"), IsUpcoming: false).SpacedFrom(
                TestData.Day(writtenTo)
            ),
            decision.After.Dunning.Next
        );
    }

    [Fact]
    public void A_last_notice_dated_tomorrow_after_a_move_west_counts_as_sent_today()
    {
        var decision = Decide(
            _due with
            {
                Dunning = _due.Dunning with { ClaimedBy = new("n-0") },
            },
            CustomerWithLastNotice("2026-02-06", NoticeTone.Upcoming),
            TestData.Time("2026-02-05T09:00Z")
        );

        Assert.Equal([EventKind.Postponed], decision.Events.Select(e => e.Kind));
        // Saturday the 7th, so Monday.
        Assert.Equal(TestData.Time("2026-02-09T09:00Z"), decision.After.Dunning.Next!.At);
    }

    [Fact]
    public void Yesterdays_courtesy_does_not_keep_a_reminder_waiting() =>
        Assert.Equal(
            [Channel.Email],
            Decide(
                _due,
                CustomerWithLastNotice("2026-02-04", NoticeTone.Upcoming),
                TestData.Time("2026-02-05T09:00Z")
            ).Channels
        );

    [Fact]
    public void Three_days_later_the_customer_may_be_written_to_again() =>
        Assert.Equal(
            [Channel.Email],
            Decide(
                _due,
                CustomerWithLastNotice("2026-02-02", NoticeTone.Firm),
                TestData.Time("2026-02-05T09:00Z")
            ).Channels
        );

    [Fact]
    public void A_task_does_not_wait_for_the_last_notice() =>
        Assert.Equal(
            "call",
            Decide(
                _due with
                {
                    Dunning = _due.Dunning with { Step = new("third") },
                },
                CustomerWithLastNotice("2026-02-22", NoticeTone.Firm),
                TestData.Time("2026-02-23T09:00Z")
            ).After.Dunning.Step?.Value
        );

    [Fact]
    public void A_past_hold_moves_the_schedule_by_its_days()
    {
        var held = _due with
        {
            Dunning = _due.Dunning with
            {
                Step = new("first"),
                Hold = new(HoldReason.Requested, TestData.Time("2026-02-06T10:00Z"), TestData.Day("2026-02-16"))
                {
                    Text = "promised",
                },
            },
        };

        var decision = Decide(held, TestData.Customer(), TestData.Time("2026-02-16T10:00Z"));

        Assert.Null(decision.After.Dunning.Hold);
        Assert.Equal([EventKind.Resumed], decision.Events.Select(e => e.Kind));
        Assert.Equal(TestData.Day("2026-02-12"), decision.After.Dunning.ScheduleStart);
        Assert.Equal(
            ("second", TestData.Time("2026-02-19T09:00Z")),
            (decision.After.Dunning.Next!.Step.Value, decision.After.Dunning.Next.At)
        );
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("pending")]
    [InlineData("seen")]
    public void An_invoice_that_may_not_be_demanded_is_checked_again_the_next_day(string why)
    {
        var now = TestData.Time("2026-02-05T09:00Z");
        var decision = Decide(
            why switch
            {
                "hold" => _due with
                {
                    Dunning = _due.Dunning with
                    {
                        Hold = new(HoldReason.Requested, now, TestData.Day("2026-02-20")) { Text = "promised" },
                    },
                },
                "pending" => _due with { Payments = _due.Payments with { Pending = new("pi_1", now.AddDays(3)) } },
                _ => _due with { Payments = _due.Payments with { PendingPayments = ["evt_1"] } },
            },
            TestData.Customer(),
            now
        );

        Assert.Equal([EventKind.Postponed], decision.Events.Select(e => e.Kind));
        Assert.Null(decision.After.Dunning.Step);
        Assert.Equal(TestData.Time("2026-02-06T09:00Z"), decision.After.Dunning.Next!.At);
    }

    [Fact]
    public void With_only_a_phone_the_mail_becomes_a_text() =>
        Assert.Equal(
            [Channel.Sms],
            Decide(
                _due,
                TestData.Customer() with
                {
                    Email = null,
                    Phone = "+442071234567",
                },
                TestData.Time("2026-02-05T09:00Z")
            ).Channels
        );

    [Theory]
    [InlineData(true, "onHold")]
    [InlineData(false, "open")]
    public void Only_a_payment_that_was_announced_is_asked_about_when_its_time_is_over(bool isAnnounced, string state)
    {
        var now = TestData.Time("2026-02-05T09:00Z");
        var invoice = _due with
        {
            Payments = _due.Payments with { Pending = new PendingPayment("pi_1", now) { IsAnnounced = isAnnounced } },
        };

        var decision = Decide(invoice, TestData.Customer(), now);

        Assert.Equal(state, decision.After.StateFor(TestData.Customer()));
        Assert.Equal(isAnnounced, decision.Channels.Count == 0);
    }

    [Fact]
    public void With_no_way_to_reach_the_customer_the_step_waits_until_there_is_one()
    {
        var rules = _default with { SmsEnabled = false };
        var textsOnly = TestData.Customer() with { Email = null, Phone = "+442071234567", Channels = [Channel.Sms] };

        var decision = StepDecision.Decide(
            new DunningContext(textsOnly, rules, TestData.Time("2026-02-05T09:00Z")),
            TestData.Versioned(_due)
        );

        Assert.Equal([EventKind.NotSent], decision.Events.Select(e => e.Kind));
        Assert.Equal((null, null), (decision.After.Dunning.Step, decision.After.Dunning.Next));
        Assert.Equal(
            "first",
            (
                Schedule
                    .Recalculate(
                        new DunningContext(TestData.Customer(), rules, TestData.Time("2026-02-09T09:00Z")),
                        decision.After
                    )
                    .Dunning.Next?.Step
            )?.Value
        );
    }

    [Theory]
    [InlineData("second", true, "Email Sms")]
    [InlineData("second", false, "Email")]
    [InlineData("third", true, "Email Escalation")]
    public void A_step_goes_out_on_those_of_its_channels_that_have_an_address(
        string step,
        bool hasPhone,
        string channels
    )
    {
        var customer = TestData.Customer() with { Phone = hasPhone ? "+442071234567" : null };
        var reached = _default.Policies.Newest("default").Find(new StepId(step))!;

        Assert.Equal(channels, string.Join(' ', ContactChannels.Channels(reached, customer, _default)));
    }

    private static StepDecision Decide(
        Invoice invoice,
        Customer customer,
        DateTimeOffset now,
        DunningRules? rules = null
    ) => StepDecision.Decide(new DunningContext(customer, rules ?? _default, now), TestData.Versioned(invoice));

    private static IEnumerable<string> Skipped(StepDecision decision) =>
        decision
            .Events.Where(e => e.Kind is EventKind.StepSkipped)
            .SelectMany(e => e.SkippedSteps!)
            .Select(step => step.Value);

    private static Customer CustomerWithLastNotice(string day, NoticeTone tone) =>
        TestData.Customer() with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Email] = new(new NoticeId("n-1"), TestData.Day(day), tone),
            },
        };
}
