using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class PauseTests
{
    private static readonly Invoice _overdue = TestData
        .Invoice("2026-02-02")
        .WithDunning(dunning => dunning with { Step = new("first") });

    [Fact]
    public void The_days_of_a_hold_do_not_count()
    {
        var resumed = Held("2026-02-06T10:00Z").Unpaused(TestData.Time("2026-02-16T15:00Z"));

        Assert.Equal((null, TestData.Day("2026-02-12")), (resumed.Dunning.Hold, resumed.Dunning.ScheduleStart));
        Assert.Equal(TestData.Day("2026-02-02"), resumed.Document.DueDate);
    }

    [Fact]
    public void A_pause_of_hours_moves_nothing() =>
        Assert.Equal(
            TestData.Day("2026-02-02"),
            Held("2026-02-06T10:00Z").Unpaused(TestData.Time("2026-02-06T20:00Z")).Dunning.ScheduleStart
        );

    [Theory]
    [InlineData("2026-02-06T10:00Z", "2026-02-08T10:00Z")]
    [InlineData("2026-02-08T10:00Z", "2026-02-06T10:00Z")]
    public void A_hold_and_a_dispute_at_once_count_from_the_earlier(string held, string disputed)
    {
        var invoice = Held(held)
            .WithDunning(dunning =>
                dunning with
                {
                    Dispute = new(DisputeReason.Reported, TestData.Time(disputed)) { Text = "wrong" },
                }
            );

        var resumed = invoice.Unpaused(TestData.Time("2026-02-16T10:00Z"));

        Assert.Equal(
            (null, null, TestData.Day("2026-02-12")),
            (resumed.Dunning.Hold, resumed.Dunning.Dispute, resumed.Dunning.ScheduleStart)
        );
    }

    [Fact]
    public void A_dispute_alone_counts_as_well() =>
        Assert.Equal(
            TestData.Day("2026-02-12"),
            (
                _overdue with
                {
                    Dunning = _overdue.Dunning with
                    {
                        Dispute = new(DisputeReason.Reported, TestData.Time("2026-02-06T10:00Z")) { Text = "wrong" },
                    },
                }
            )
                .Unpaused(TestData.Time("2026-02-16T10:00Z"))
                .Dunning.ScheduleStart
        );

    [Fact]
    public void An_invoice_without_a_pause_stays_as_it_is() =>
        Assert.Equal(_overdue, _overdue.Unpaused(TestData.Time("2026-02-16T10:00Z")));

    [Fact]
    public void After_a_long_dispute_the_final_notice_is_not_sent_immediately()
    {
        var invoice = _overdue with
        {
            Dunning = _overdue.Dunning with
            {
                Dispute = new(DisputeReason.Reported, TestData.Time("2026-02-06T10:00Z")) { Text = "wrong" },
            },
        };
        var now = TestData.Time("2026-05-06T10:00Z");

        var resumed = Schedule.Recalculate(
            new DunningContext(TestData.Customer(), Rules.Default, now),
            invoice.Unpaused(now)
        );

        Assert.Equal("second", resumed.Dunning.Next!.Step.Value);
        Assert.Equal(TestData.Time("2026-05-11T08:00Z"), resumed.Dunning.Next.At);
    }

    [Fact]
    public void A_hold_with_a_date_counts_until_that_date_and_not_until_the_next_step()
    {
        var held = _overdue with
        {
            Dunning = _overdue.Dunning with
            {
                Step = new("call"),
                Hold = new(HoldReason.Requested, TestData.Time("2026-02-24T10:00Z"), TestData.Day("2026-02-25"))
                {
                    Text = "promised",
                },
            },
        };

        Assert.Equal(
            TestData.Day("2026-02-03"),
            held.Unpaused(TestData.Time("2026-03-04T09:00Z")).Dunning.ScheduleStart
        );
    }

    [Fact]
    public void A_dispute_goes_on_counting_after_the_date_of_a_hold_has_passed()
    {
        var paused = _overdue with
        {
            Dunning = _overdue.Dunning with
            {
                Hold = new(HoldReason.Requested, TestData.Time("2026-02-06T10:00Z"), TestData.Day("2026-02-08"))
                {
                    Text = "promised",
                },
                Dispute = new(DisputeReason.Reported, TestData.Time("2026-02-07T10:00Z")) { Text = "wrong" },
            },
        };

        Assert.Equal(
            TestData.Day("2026-02-12"),
            paused.Unpaused(TestData.Time("2026-02-16T10:00Z")).Dunning.ScheduleStart
        );
    }

    [Fact]
    public void A_pause_across_the_due_date_counts_from_the_due_date()
    {
        var held = TestData
            .Invoice("2026-02-02")
            .WithDunning(dunning =>
                dunning with
                {
                    Hold = new(HoldReason.Requested, TestData.Time("2026-01-20T10:00Z"), null) { Text = "asked" },
                }
            );

        Assert.Equal(
            TestData.Day("2026-02-10"),
            held.Unpaused(TestData.Time("2026-02-10T10:00Z")).Dunning.ScheduleStart
        );
    }

    [Fact]
    public void A_pause_that_ended_before_the_due_date_does_not_put_the_reminders_off()
    {
        var held = TestData
            .Invoice("2026-02-02")
            .WithDunning(dunning =>
                dunning with
                {
                    Hold = new(HoldReason.Requested, TestData.Time("2026-01-05T10:00Z"), null) { Text = "asked" },
                }
            );
        var now = TestData.Time("2026-01-15T10:00Z");

        var resumed = Schedule.Recalculate(
            new DunningContext(TestData.Customer(), Rules.Default, now),
            held.Unpaused(now)
        );

        Assert.Equal(
            new NextStep(new StepId("courtesy"), TestData.Time("2026-01-26T09:00Z"), IsUpcoming: true),
            resumed.Dunning.Next
        );
    }

    private static Invoice Held(string since) =>
        _overdue with
        {
            Dunning = _overdue.Dunning with
            {
                Hold = new(HoldReason.Requested, TestData.Time(since), null) { Text = "asked" },
            },
        };
}
