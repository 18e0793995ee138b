using Dunning.Invoices;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

public sealed class InvoiceChangesTests
{
    private static readonly DateTimeOffset Earlier = TestData.Time("2026-02-06T10:00Z");
    private static readonly DateTimeOffset Now = TestData.Time("2026-02-16T10:00Z");
    private static readonly Invoice Open = TestData.Invoice("2026-02-02");
    private static readonly InvoiceChangeReading Silent = new(null, null, []);
    private static readonly InvoiceChangeReading Because = new("they asked", TestData.Day("2026-02-20"), []);

    [Fact]
    public void A_hold_has_a_reason_and_perhaps_an_end()
    {
        var (held, told, refusal) = InvoiceChanges.Hold(Open, Because, Now);

        Assert.Equal(new Hold("they asked", Now, TestData.Day("2026-02-20")), held!.Hold);
        Assert.Equal((EventKind.Held, "On hold until 2026-02-20: they asked"), (told!.Kind, told.What));
        Assert.Null(refusal);
        Assert.Equal(new Hold("no reason given", Now, null), InvoiceChanges.Hold(Open, Silent, Now).Item1!.Hold);
    }

    [Fact]
    public void A_hold_that_is_put_off_keeps_its_beginning()
    {
        var held = Open with { Hold = new("asked", Earlier, TestData.Day("2026-02-16")) };

        var longer = InvoiceChanges.Hold(held, Because, Now).Item1!;

        Assert.Equal((Earlier, TestData.Day("2026-02-20")), (longer.Hold!.Since, longer.Hold.Until));
    }

    [Fact]
    public void A_dispute_that_is_told_again_keeps_its_beginning() =>
        Assert.Equal(
            Earlier,
            InvoiceChanges.Dispute(Open with { Dispute = new("wrong", Earlier) }, Because, Now).Item1!.Dispute!.Since
        );

    [Fact]
    public void A_dispute_is_told_with_its_reason()
    {
        var (disputed, told, _) = InvoiceChanges.Dispute(Open, Because, Now);

        Assert.Equal(new Dispute("they asked", Now), disputed!.Dispute);
        Assert.Equal(EventKind.Disputed, told!.Kind);
        Assert.EndsWith(": they asked", told.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_ends_hold_and_dispute_and_the_pause_does_not_count()
    {
        var paused = Open with { Hold = new("asked", Earlier, null), Dispute = new("wrong", Now) };

        var (resumed, told, _) = InvoiceChanges.Resume(paused, Because, Now);

        Assert.Equal(
            (null, null, TestData.Day("2026-02-12"), null),
            (resumed!.Hold, resumed.Dispute, resumed.ScheduleStart, resumed.Approved)
        );
        Assert.Equal((EventKind.Resumed, "Resumed: they asked"), (told!.Kind, told.What));
    }

    [Fact]
    public void Resuming_a_step_that_waits_approves_it()
    {
        var waiting = Open with { Hold = new("waits", Now, null, ApprovalFor: "final") };

        var (resumed, told, _) = InvoiceChanges.Resume(waiting, Silent, Now);

        Assert.Equal(("final", null), (resumed!.Approved, resumed.Hold));
        Assert.Equal("Step 'final' approved", told!.What);
    }

    [Fact]
    public void An_approval_outlives_a_later_hold() =>
        Assert.Equal(
            "final",
            InvoiceChanges
                .Resume(Open with { Approved = "final", Hold = new("asked", Now, null) }, Silent, Now)
                .Item1!.Approved
        );

    [Fact]
    public void Void_closes_it()
    {
        var (voided, told, _) = InvoiceChanges.Void(Open, Because, Now);

        Assert.Equal(new Closed(ClosedAs.Void, Now, "they asked"), voided!.Closed);
        Assert.Equal((EventKind.Voided, "Void: they asked"), (told!.Kind, told.What));
    }

    [Fact]
    public void Where_nothing_was_paused_resuming_changes_nothing() =>
        Assert.Equal((Open, null, null), InvoiceChanges.Resume(Open, Because, Now));

    [Fact]
    public void Void_again_changes_nothing()
    {
        var voided = InvoiceChanges.Void(Open, Because, Now).Item1!;

        Assert.Equal((voided, null, null), InvoiceChanges.Void(voided, Because, Now.AddHours(1)));
        Assert.Equal(
            "It is void already.",
            InvoiceChanges.Void(voided, Because with { Reason = "another" }, Now).Item3
        );
    }

    [Fact]
    public void A_closed_invoice_refuses_every_change()
    {
        var settled = Open with { Closed = new(ClosedAs.Settled, Now, "paid"), Hold = new("asked", Now, null) };

        foreach (
            var change in new InvoiceChange[]
            {
                InvoiceChanges.Hold,
                InvoiceChanges.Resume,
                InvoiceChanges.Dispute,
                InvoiceChanges.Void,
            }
        )
        {
            var (changed, told, refusal) = change(settled, Because, Now);
            Assert.Equal((null, null), (changed, told));
            Assert.NotNull(refusal);
        }
        Assert.Equal("It is settled already.", InvoiceChanges.Void(settled, Because, Now).Item3);
    }
}
