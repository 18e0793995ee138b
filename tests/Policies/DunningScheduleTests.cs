using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>The whole default schedule. Instants are UTC; the customer gets each message at 09:00 local time.</summary>
public sealed class DunningScheduleTests
{
    private static readonly DunningRules _default = Rules.Default;

    [Fact]
    public void An_unpaid_invoice_takes_every_step_in_London() =>
        Assert.Equal(
            [
                "2026-01-26 09:00 courtesy",
                "2026-02-05 09:00 first",
                "2026-02-09 09:00 second",
                "2026-02-16 09:00 third",
                "2026-02-23 09:00 call",
                "2026-03-04 09:00 final",
                "2026-03-19 09:00 hand-over",
            ],
            ScheduleSimulation.Run(TestData.Invoice("2026-02-02"), TestData.Customer(), _default)
        );

    [Fact]
    public void Due_on_a_Friday_the_second_step_keeps_three_days_from_the_first() =>
        Assert.Equal(
            [
                "2026-01-23 09:00 courtesy",
                "2026-02-04 09:00 first",
                "2026-02-09 09:00 second",
                "2026-02-13 09:00 third",
                "2026-02-20 09:00 call",
                "2026-03-02 09:00 final",
                "2026-03-16 09:00 hand-over",
            ],
            ScheduleSimulation.Run(TestData.Invoice("2026-01-30"), TestData.Customer(), _default)
        );

    [Fact]
    public void Nine_stays_nine_when_the_clocks_go_forward_and_Easter_is_kept() =>
        Assert.Equal(
            [
                "2026-03-09 09:00 courtesy",
                "2026-03-19 09:00 first",
                "2026-03-23 09:00 second",
                "2026-03-30 08:00 third",
                "2026-04-07 08:00 call",
                "2026-04-15 08:00 final",
                "2026-04-30 08:00 hand-over",
            ],
            ScheduleSimulation.Run(TestData.Invoice("2026-03-16"), TestData.Customer(), _default)
        );

    [Fact]
    public void Nine_stays_nine_when_the_clocks_go_back() =>
        Assert.Equal(
            [
                "2026-10-05 08:00 courtesy",
                "2026-10-15 08:00 first",
                "2026-10-19 08:00 second",
                "2026-10-26 09:00 third",
                "2026-11-02 09:00 call",
                "2026-11-11 09:00 final",
                "2026-11-26 09:00 hand-over",
            ],
            ScheduleSimulation.Run(TestData.Invoice("2026-10-12"), TestData.Customer(), _default)
        );

    [Fact]
    public void In_Kuala_Lumpur_the_morning_is_its_own() =>
        Assert.Equal(
            [
                "2026-01-26 01:00 courtesy",
                "2026-02-05 01:00 first",
                "2026-02-09 01:00 second",
                "2026-02-16 01:00 third",
                "2026-02-23 01:00 call",
                "2026-03-04 01:00 final",
                "2026-03-19 01:00 hand-over",
            ],
            ScheduleSimulation.Run(
                TestData.Invoice("2026-02-02"),
                TestData.Customer() with
                {
                    TimeZone = "Asia/Kuala_Lumpur",
                    Country = "MY",
                },
                _default
            )
        );

    [Fact]
    public void In_New_York_Presidents_Day_is_kept_and_the_clocks_change_weeks_before_Europe() =>
        Assert.Equal(
            [
                "2026-01-26 14:00 courtesy",
                "2026-02-05 14:00 first",
                "2026-02-09 14:00 second",
                "2026-02-17 14:00 third",
                "2026-02-23 14:00 call",
                "2026-03-04 14:00 final",
                "2026-03-19 13:00 hand-over",
            ],
            ScheduleSimulation.Run(
                TestData.Invoice("2026-02-02"),
                TestData.Customer() with
                {
                    TimeZone = "America/New_York",
                    Country = "US",
                },
                _default
            )
        );

    [Theory]
    [InlineData(13, "2026-01-28")]
    [InlineData(14, "2026-01-26")]
    public void Terms_shorter_than_two_weeks_bring_the_courtesy_closer(int terms, string courtesy)
    {
        var invoice = TestData
            .Invoice("2026-02-02")
            .WithDocument(document => document with { IssueDate = TestData.Day("2026-02-02").AddDays(-terms) });

        var next = DunningSchedule.Next(
            new DunningContext(TestData.Customer(), _default, default),
            invoice,
            invoice.Document.IssueDate
        )!;

        Assert.Equal(new NextStep(new StepId("courtesy"), TestData.Time($"{courtesy}T09:00Z"), IsUpcoming: true), next);
    }

    [Theory]
    [InlineData("2026-02-02", "2026-02-02")] // not late
    [InlineData("2026-02-05", "2026-02-02")] // the day of the first step itself
    [InlineData("2026-02-06", "2026-02-03")]
    [InlineData("2026-02-07", "2026-02-04")] // a Saturday: first processed on Monday
    [InlineData("2026-03-18", "2026-03-13")]
    public void An_invoice_that_comes_in_late_starts_at_its_first_overdue_step(string accepted, string from) =>
        Assert.Equal(
            TestData.Day(from),
            DunningSchedule.StartOf(
                new DunningContext(TestData.Customer(), _default, TestData.Time($"{accepted}T10:00Z")),
                TestData.Invoice("2026-02-02")
            )
        );

    [Fact]
    public void From_there_the_schedule_continues_normally()
    {
        var accepted = TestData.Time("2026-03-18T10:00Z");
        var invoice = TestData.Invoice("2026-01-05") with { AcceptedAt = accepted };
        invoice = invoice with
        {
            Dunning = invoice.Dunning with
            {
                ScheduleStart = DunningSchedule.StartOf(
                    new DunningContext(TestData.Customer(), _default, accepted),
                    invoice
                ),
            },
        };

        Assert.Equal(
            [
                "2026-03-18 10:00 first",
                "2026-03-23 09:00 second",
                "2026-03-27 09:00 third",
                "2026-04-07 08:00 call",
                "2026-04-13 08:00 final",
                "2026-04-27 08:00 hand-over",
            ],
            ScheduleSimulation.Run(invoice, TestData.Customer(), _default)
        );
    }

    [Fact]
    public void A_late_start_by_a_policy_of_calendar_days_keeps_its_first_step_on_the_day()
    {
        var rules = Rules.WithPolicies(
            """[{"name":"default","version":2,"steps":[{"id":"one","days":10,"tone":"friendly","channels":["email"]}]}]"""
        );
        var invoice = TestData
            .Invoice("2026-01-05")
            .WithDunning(dunning => dunning with { Policy = new("default", 2) });

        Assert.Equal(
            TestData.Day("2026-03-08"),
            DunningSchedule.StartOf(
                new DunningContext(TestData.Customer(), rules, TestData.Time("2026-03-18T10:00Z")),
                invoice
            )
        );
        Assert.Equal(
            TestData.Day("2026-01-05"),
            DunningSchedule.StartOf(
                new DunningContext(TestData.Customer(), rules, TestData.Time("2026-01-15T10:00Z")),
                invoice
            )
        );
    }

    [Theory]
    [InlineData(13, "2026-03-17")] // terms of less than two weeks: one business day, so the schedule starts the day before
    [InlineData(30, "2026-03-13")]
    public void A_late_start_counts_back_by_what_the_first_step_has_for_these_terms(int terms, string from)
    {
        var rules = Rules.WithPolicies(
            """[{"name":"default","version":2,"steps":[{"id":"one","businessDays":3,"shortTermBusinessDays":1,"tone":"friendly","channels":["email"]}]}]"""
        );
        var invoice = TestData
            .Invoice("2026-01-05")
            .WithDocument(document => document with { IssueDate = TestData.Day("2026-01-05").AddDays(-terms) })
            .WithDunning(dunning => dunning with { Policy = new("default", 2) });

        Assert.Equal(
            TestData.Day(from),
            DunningSchedule.StartOf(
                new DunningContext(TestData.Customer(), rules, TestData.Time("2026-03-18T10:00Z")),
                invoice
            )
        );
    }

    [Theory]
    [InlineData("2026-01-26T08:59Z", null)]
    [InlineData("2026-01-26T09:00Z", "courtesy")]
    [InlineData("2026-02-02T23:59Z", "courtesy")]
    [InlineData("2026-02-03T00:00Z", null)]
    public void A_courtesy_whose_day_has_passed_counts_as_missed_until_the_due_date(string accepted, string? missed) =>
        Assert.Equal(
            missed,
            DunningSchedule
                .MissedAtStart(
                    new DunningContext(TestData.Customer(), _default, TestData.Time(accepted)),
                    TestData.Invoice("2026-02-02")
                )
                ?.Value
        );

    [Theory]
    [InlineData("2026-01-25T12:00Z", "")]
    [InlineData("2026-01-26T12:00Z", "courtesy")]
    [InlineData("2026-02-03T12:00Z", "")]
    [InlineData("2026-02-05T08:59Z", "")]
    [InlineData("2026-02-05T09:00Z", "first")]
    [InlineData("2026-02-09T12:00Z", "first second")]
    [InlineData("2026-03-17T12:00Z", "first second third call final")]
    public void A_step_is_reached_when_its_local_morning_has_begun(string now, string steps) =>
        Assert.Equal(
            steps,
            string.Join(
                ' ',
                DunningSchedule
                    .Reached(
                        new DunningContext(TestData.Customer(), _default, TestData.Time(now)),
                        TestData.Invoice("2026-02-02")
                    )
                    .Select(s => s.Id)
            )
        );

    [Fact]
    public void There_is_nothing_above_the_last_step()
    {
        var done = TestData.Invoice("2026-02-02").WithDunning(dunning => dunning with { Step = new("hand-over") });

        Assert.Null(
            DunningSchedule.Next(
                new DunningContext(TestData.Customer(), _default, default),
                done,
                TestData.Day("2026-02-03")
            )
        );
        Assert.Empty(
            DunningSchedule.Reached(
                new DunningContext(TestData.Customer(), _default, TestData.Time("2027-01-01T12:00Z")),
                done
            )
        );
    }
}
