using Dunning.Invoices;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

public sealed class InvoiceChangesTests
{
    private static readonly DateTimeOffset _earlier = TestData.Time("2026-02-06T10:00Z");
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-16T10:00Z");
    private static readonly Invoice _open = TestData.Invoice("2026-02-02");
    private static readonly InvoiceChangeReading _withoutReason = InvoiceChangeReading.Empty;
    private static readonly InvoiceChangeReading _withReason = new("they asked", TestData.Day("2026-02-20"));

    [Fact]
    public void A_hold_has_a_reason_and_perhaps_an_end()
    {
        var (held, invoiceEvent, refusal) = InvoiceChanges.Hold(_open, _withReason, _now);

        Assert.Equal(
            new Hold(HoldReason.Requested, _now, TestData.Day("2026-02-20")) { Text = "they asked" },
            held!.Dunning.Hold
        );
        Assert.Equal((EventKind.Held, "On hold until 2026-02-20: they asked"), (invoiceEvent!.Kind, invoiceEvent.What));
        Assert.Null(refusal);
        Assert.Equal(
            new Hold(HoldReason.Requested, _now, null),
            InvoiceChanges.Hold(_open, _withoutReason, _now).Item1!.Dunning.Hold
        );
    }

    [Fact]
    public void An_extended_hold_keeps_its_start()
    {
        var held = _open with
        {
            Dunning = _open.Dunning with
            {
                Hold = new(HoldReason.Requested, _earlier, TestData.Day("2026-02-16")) { Text = "asked" },
            },
        };

        var longer = InvoiceChanges.Hold(held, _withReason, _now).Item1!;

        Assert.Equal((_earlier, TestData.Day("2026-02-20")), (longer.Dunning.Hold!.Since, longer.Dunning.Hold.Until));
    }

    /// <summary>It would end by itself on its day while the collector has the claim.</summary>
    [Fact]
    public void A_hold_does_not_take_the_place_of_a_hand_over()
    {
        var handedOver = _open.WithHold(new(HoldReason.HandedOver, _earlier, null) { Text = "Northern Collections" });

        var (changed, invoiceEvent, error) = InvoiceChanges.Hold(handedOver, _withReason, _now);

        Assert.Equal((null, null), (changed, invoiceEvent));
        Assert.Contains("handed over to Northern Collections", error, StringComparison.Ordinal);
        Assert.Null(InvoiceChanges.Resume(handedOver, _withReason, _now).Item1!.Dunning.Hold);
    }

    [Fact]
    public void A_repeated_dispute_keeps_its_start() =>
        Assert.Equal(
            _earlier,
            InvoiceChanges
                .Dispute(
                    _open with
                    {
                        Dunning = _open.Dunning with
                        {
                            Dispute = new(DisputeReason.Reported, _earlier) { Text = "wrong" },
                        },
                    },
                    _withReason,
                    _now
                )
                .Item1!.Dunning.Dispute!.Since
        );

    [Fact]
    public void The_event_of_a_dispute_contains_its_reason()
    {
        var (disputed, invoiceEvent, _) = InvoiceChanges.Dispute(_open, _withReason, _now);

        Assert.Equal(new Dispute(DisputeReason.Reported, _now) { Text = "they asked" }, disputed!.Dunning.Dispute);
        Assert.Equal(EventKind.Disputed, invoiceEvent!.Kind);
        Assert.EndsWith(": they asked", invoiceEvent.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_ends_hold_and_dispute_and_the_pause_does_not_count()
    {
        var paused = _open with
        {
            Dunning = _open.Dunning with
            {
                Hold = new(HoldReason.Requested, _earlier, null) { Text = "asked" },
                Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" },
            },
        };

        var (resumed, invoiceEvent, _) = InvoiceChanges.Resume(paused, _withReason, _now);

        Assert.Equal(
            (null, null, TestData.Day("2026-02-12"), null),
            (resumed!.Dunning.Hold, resumed.Dunning.Dispute, resumed.Dunning.ScheduleStart, resumed.Dunning.Approved)
        );
        Assert.Equal((EventKind.Resumed, "Resumed: they asked"), (invoiceEvent!.Kind, invoiceEvent.What));
    }

    [Fact]
    public void Resuming_a_step_that_waits_approves_it()
    {
        var waiting = _open with
        {
            Dunning = _open.Dunning with
            {
                Hold = new(HoldReason.AwaitsApproval, _now, null) { ApprovalFor = new("final") },
            },
        };

        var (resumed, invoiceEvent, _) = InvoiceChanges.Resume(waiting, _withoutReason, _now);

        Assert.Equal(("final", null), (resumed!.Dunning.Approved?.Value, resumed.Dunning.Hold));
        Assert.Equal("Step 'final' approved", invoiceEvent!.What);
    }

    [Fact]
    public void An_approval_outlives_a_later_hold() =>
        Assert.Equal(
            "final",
            InvoiceChanges
                .Resume(
                    _open with
                    {
                        Dunning = _open.Dunning with
                        {
                            Approved = new("final"),
                            Hold = new(HoldReason.Requested, _now, null) { Text = "asked" },
                        },
                    },
                    _withoutReason,
                    _now
                )
                .Item1!.Dunning.Approved?.Value
        );

    [Fact]
    public void Void_closes_it()
    {
        var (voided, invoiceEvent, _) = InvoiceChanges.Void(_open, _withReason, _now);

        Assert.Equal(new Closed(ClosedAs.Void, _now, ClosedBy.Person) { Text = "they asked" }, voided!.Closed);
        Assert.Equal((EventKind.Voided, "Void: they asked"), (invoiceEvent!.Kind, invoiceEvent.What));
    }

    [Fact]
    public void Where_nothing_was_paused_resuming_changes_nothing() =>
        Assert.Equal((_open, null, null), InvoiceChanges.Resume(_open, _withReason, _now));

    [Fact]
    public void Void_again_changes_nothing()
    {
        var voided = InvoiceChanges.Void(_open, _withReason, _now).Item1!;

        Assert.Equal((voided, null, null), InvoiceChanges.Void(voided, _withReason, _now.AddHours(1)));
        Assert.Equal(
            "The invoice is already void; only open invoices can be voided.",
            InvoiceChanges.Void(voided, _withReason with { Reason = "another" }, _now).Item3
        );
    }

    [Fact]
    public void A_closed_invoice_refuses_every_change()
    {
        var settled = _open with
        {
            Dunning = _open.Dunning with { Hold = new(HoldReason.Requested, _now, null) { Text = "asked" } },
            Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger),
        };

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
            var (changed, invoiceEvent, refusal) = change(settled, _withReason, _now);
            Assert.Equal((null, null), (changed, invoiceEvent));
            Assert.NotNull(refusal);
        }
        Assert.Equal(
            "The invoice is already settled; only open invoices can be voided.",
            InvoiceChanges.Void(settled, _withReason, _now).Item3
        );
    }
}
