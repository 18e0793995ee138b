using Dunning.Book;
using Dunning.Plan;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Plan;

public sealed class PauseTests
{
    private static readonly Invoice Overdue = A.Invoice("2026-02-02") with { Step = "first" };

    [Fact]
    public void The_days_of_a_hold_do_not_count()
    {
        var resumed = Held("2026-02-06T10:00Z").Unpaused(A.Time("2026-02-16T15:00Z"));

        Assert.Equal((null, A.Day("2026-02-12")), (resumed.Hold, resumed.LadderFrom));
        Assert.Equal(A.Day("2026-02-02"), resumed.DueDate);
    }

    [Fact]
    public void A_pause_of_hours_moves_nothing() =>
        Assert.Equal(A.Day("2026-02-02"), Held("2026-02-06T10:00Z").Unpaused(A.Time("2026-02-06T20:00Z")).LadderFrom);

    [Theory]
    [InlineData("2026-02-06T10:00Z", "2026-02-08T10:00Z")]
    [InlineData("2026-02-08T10:00Z", "2026-02-06T10:00Z")]
    public void A_hold_and_a_dispute_at_once_count_from_the_earlier(string held, string disputed)
    {
        var invoice = Held(held) with { Dispute = new("wrong", A.Time(disputed)) };

        var resumed = invoice.Unpaused(A.Time("2026-02-16T10:00Z"));

        Assert.Equal((null, null, A.Day("2026-02-12")), (resumed.Hold, resumed.Dispute, resumed.LadderFrom));
    }

    [Fact]
    public void A_dispute_alone_counts_as_well() => Assert.Equal(
        A.Day("2026-02-12"),
        (Overdue with { Dispute = new("wrong", A.Time("2026-02-06T10:00Z")) }).Unpaused(A.Time("2026-02-16T10:00Z")).LadderFrom);

    [Fact]
    public void An_invoice_without_a_pause_stays_as_it_is() => Assert.Equal(Overdue, Overdue.Unpaused(A.Time("2026-02-16T10:00Z")));

    [Fact]
    public void Nobody_comes_back_from_a_long_dispute_to_a_final_notice()
    {
        var invoice = Overdue with { Dispute = new("wrong", A.Time("2026-02-06T10:00Z")) };
        var now = A.Time("2026-05-06T10:00Z");

        var resumed = Schedule.Renew(invoice.Unpaused(now), A.Customer(), Rules.Default, now);

        Assert.Equal("second", resumed.Next!.Step);
        Assert.Equal(A.Time("2026-05-11T08:00Z"), resumed.Next.At);
    }

    [Fact]
    public void A_hold_with_a_date_counts_until_that_date_and_not_until_the_next_step()
    {
        var held = Overdue with { Step = "call", Hold = new("promised", A.Time("2026-02-24T10:00Z"), A.Day("2026-02-25")) };

        Assert.Equal(A.Day("2026-02-03"), held.Unpaused(A.Time("2026-03-04T09:00Z")).LadderFrom);
    }

    [Fact]
    public void A_dispute_goes_on_counting_after_the_date_of_a_hold_has_passed()
    {
        var paused = Overdue with
        {
            Hold = new("promised", A.Time("2026-02-06T10:00Z"), A.Day("2026-02-08")),
            Dispute = new("wrong", A.Time("2026-02-07T10:00Z")),
        };

        Assert.Equal(A.Day("2026-02-12"), paused.Unpaused(A.Time("2026-02-16T10:00Z")).LadderFrom);
    }

    [Fact]
    public void A_pause_across_the_due_date_counts_from_the_due_date()
    {
        var held = A.Invoice("2026-02-02") with { Hold = new("asked", A.Time("2026-01-20T10:00Z"), null) };

        Assert.Equal(A.Day("2026-02-10"), held.Unpaused(A.Time("2026-02-10T10:00Z")).LadderFrom);
    }

    [Fact]
    public void A_pause_that_ended_before_the_due_date_does_not_put_the_reminders_off()
    {
        var held = A.Invoice("2026-02-02") with { Hold = new("asked", A.Time("2026-01-05T10:00Z"), null) };
        var now = A.Time("2026-01-15T10:00Z");

        var resumed = Schedule.Renew(held.Unpaused(now), A.Customer(), Rules.Default, now);

        Assert.Equal(new NextStep("courtesy", A.Time("2026-01-26T09:00Z"), IsUpcoming: true), resumed.Next);
    }

    private static Invoice Held(string since) => Overdue with { Hold = new("asked", A.Time(since), null) };
}
