using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-03T12:00Z");
    private static readonly Invoice _open = TestData
        .Invoice("2026-02-02")
        .WithDunning(dunning => dunning with { Next = new(new StepId("stale"), _now, false) });

    [Fact]
    public void An_open_invoice_has_its_next_step() =>
        Assert.Equal(
            new NextStep(new StepId("first"), TestData.Time("2026-02-05T09:00Z"), IsUpcoming: false),
            Renewed(_open)
        );

    [Fact]
    public void A_hold_with_a_date_puts_the_step_off_to_that_day() =>
        Assert.Equal(
            TestData.Time("2026-02-20T09:00Z"),
            Renewed(
                _open with
                {
                    Dunning = _open.Dunning with
                    {
                        Hold = new(HoldReason.Requested, _now, TestData.Day("2026-02-20")) { Text = "promised" },
                    },
                }
            )!.At
        );

    [Fact]
    public void A_hold_that_ends_before_the_step_changes_nothing() =>
        Assert.Equal(
            TestData.Time("2026-02-05T09:00Z"),
            Renewed(
                _open with
                {
                    Dunning = _open.Dunning with
                    {
                        Hold = new(HoldReason.Requested, _now, TestData.Day("2026-02-04")) { Text = "promised" },
                    },
                }
            )!.At
        );

    [Fact]
    public void A_hold_that_ends_on_a_weekend_waits_for_Monday() =>
        Assert.Equal(
            TestData.Time("2026-02-23T09:00Z"),
            Renewed(
                _open with
                {
                    Dunning = _open.Dunning with
                    {
                        Hold = new(HoldReason.Requested, _now, TestData.Day("2026-02-21")) { Text = "promised" },
                    },
                }
            )!.At
        );

    [Fact]
    public void A_pending_payment_postpones_the_step() =>
        Assert.Equal(
            TestData.Time("2026-02-10T09:00Z"),
            Renewed(
                _open with
                {
                    Payments = _open.Payments with { Pending = new("pi_1", TestData.Time("2026-02-10T08:00Z")) },
                }
            )!.At
        );

    [Fact]
    public void A_failed_payment_postpones_nothing() =>
        Assert.Equal(
            TestData.Time("2026-02-05T09:00Z"),
            Renewed(_open with { Payments = _open.Payments with { Pending = new("pi_1", _now.AddDays(-1)) } })!.At
        );

    public static TheoryData<string, Invoice> InvoicesWithoutReminders =>
        new()
        {
            {
                "hold",
                _open with
                {
                    Dunning = _open.Dunning with { Hold = new(HoldReason.Requested, _now, null) { Text = "asked" } },
                }
            },
            {
                "dispute",
                _open with
                {
                    Dunning = _open.Dunning with { Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" } },
                }
            },
            { "closed", _open with { Closed = new(ClosedAs.WrittenOff, _now, ClosedBy.Person) } },
            { "paid", _open with { Payments = _open.Payments with { Paid = TestData.Eur(119_00) } } },
            { "credit note", _open with { Document = _open.Document with { Kind = InvoiceKind.CreditNote } } },
            {
                "dated hold and dispute",
                _open with
                {
                    Dunning = _open.Dunning with
                    {
                        Hold = new(HoldReason.Requested, _now, TestData.Day("2026-02-20")) { Text = "asked" },
                        Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" },
                    },
                }
            },
        };

    [Theory]
    [MemberData(nameof(InvoicesWithoutReminders))]
    public void An_invoice_without_reminders_has_no_next_step(string why, Invoice invoice)
    {
        Assert.NotEmpty(why);
        Assert.Null(Renewed(invoice));
        Assert.Null(
            Schedule.AfterStep(new DunningContext(TestData.Customer(), Rules.Default, _now), invoice).Dunning.Next
        );
    }

    [Fact]
    public void A_customer_who_cannot_or_must_not_be_written_to_has_no_steps_to_come()
    {
        Assert.Null(
            Schedule
                .Recalculate(new DunningContext(TestData.Customer() with { Email = null }, Rules.Default, _now), _open)
                .Dunning.Next
        );
        Assert.Null(
            Schedule
                .Recalculate(
                    new DunningContext(TestData.Customer() with { DoNotContact = true }, Rules.Default, _now),
                    _open
                )
                .Dunning.Next
        );
        Assert.NotNull(
            Schedule
                .Recalculate(
                    new DunningContext(
                        TestData.Customer() with
                        {
                            Email = null,
                            Phone = "+442071234567",
                        },
                        Rules.Default,
                        _now
                    ),
                    _open
                )
                .Dunning.Next
        );
    }

    [Fact]
    public void After_a_step_that_came_late_the_next_one_keeps_its_distance()
    {
        var taken = _open with { Dunning = _open.Dunning with { Step = new("first") } };

        Assert.Equal(
            TestData.Time("2026-02-11T09:00Z"),
            Schedule
                .AfterStep(
                    new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-02-08T12:00Z")),
                    taken
                )
                .Dunning.Next!.At
        );
        Assert.Equal(
            TestData.Time("2026-02-09T09:00Z"),
            Schedule
                .AfterStep(
                    new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-02-05T09:00Z")),
                    taken
                )
                .Dunning.Next!.At
        );
    }

    [Fact]
    public void Nothing_follows_a_final_notice_before_the_date_to_pay_by_that_it_names()
    {
        // After an outage: the hand-over, 45 days after the due date, would be three days away.
        var late = _open with
        {
            Dunning = _open.Dunning with { Step = new("final") },
        };

        Assert.Equal(
            TestData.Time("2026-03-25T09:00Z"),
            Schedule
                .AfterStep(
                    new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-03-14T09:00Z")),
                    late
                )
                .Dunning.Next!.At
        );
        Assert.Equal(
            TestData.Time("2026-03-19T09:00Z"),
            Schedule
                .AfterStep(
                    new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-03-04T09:00Z")),
                    late
                )
                .Dunning.Next!.At
        );
    }

    private static NextStep? Renewed(Invoice invoice) =>
        Schedule.Recalculate(new DunningContext(TestData.Customer(), Rules.Default, _now), invoice).Dunning.Next;
}
