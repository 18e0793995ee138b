using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Explanations;

/// <summary>What is stored at the moment of a decision, so that it can be explained later.</summary>
public sealed class StoredReasonTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-05T09:00Z");
    private static readonly Invoice _invoice = TestData.Invoice();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_event_carries_what_the_invoice_is_after_its_transaction(bool eventFirst)
    {
        var held = _invoice.WithHold(new(HoldReason.Requested, _now, TestData.Day("2026-02-20"))) with { Revision = 7 };
        var transaction = new CustomerTransaction(_invoice.Id.Customer);
        if (eventFirst)
            transaction.AddEvent(held.Id, new(_now, EventKind.Held));
        transaction.Save(TestData.Versioned(held), held);
        if (!eventFirst)
            transaction.AddEvent(held.Id, new(_now, EventKind.Held));

        var snapshot = transaction.One<InvoiceEvent>().Snapshot!;

        Assert.Equal(
            (DunningBlock.OnHold, HoldReason.Requested, TestData.Day("2026-02-20"), 8),
            (snapshot.Block, snapshot.Hold, snapshot.HeldUntil, snapshot.Revision)
        );
        Assert.Equal(8, transaction.One<Invoice>().Revision);
    }

    [Fact]
    public void An_event_of_an_invoice_that_does_not_change_carries_nothing() =>
        Assert.Null(
            new CustomerTransaction(_invoice.Id.Customer)
                .AddEvent(_invoice.Id, new(_now, EventKind.Delivered))
                .One<InvoiceEvent>()
                .Snapshot
        );

    [Fact]
    public void A_step_that_the_minimum_days_move_says_so()
    {
        // The second step is seven days after the due date; the first was late.
        var next = Schedule.AfterStep(ContextAt("2026-02-08T09:00Z"), _invoice.AtStep(new("first"))).Dunning.Next!;

        Assert.Equal(("second", TestData.Day("2026-02-08")), (next.Step.Value, next.SpacedSince));
        Assert.Equal(EventReason.RecentNotice, next.DelayedBy);
    }

    [Fact]
    public void A_step_that_falls_due_in_its_time_is_not_delayed()
    {
        var next = Schedule.AfterStep(ContextAt("2026-02-05T09:00Z"), _invoice.AtStep(new("first"))).Dunning.Next!;

        Assert.Equal(((EventReason?)null, null), (next.DelayedBy, next.SpacedSince));
    }

    [Fact]
    public void A_step_that_is_due_on_a_weekend_says_that_it_waits_for_a_business_day() =>
        Assert.Equal(
            EventReason.NonBusinessDay,
            Schedule
                .Recalculate(
                    ContextAt("2026-02-07T09:00Z"),
                    _invoice.WithNext(new(new("first"), TestData.Time("2026-02-05T09:00Z"), IsUpcoming: false))
                )
                .Dunning.Next!.DelayedBy
        );

    [Fact]
    public void A_customer_that_is_not_to_be_contacted_is_the_reason_that_no_step_is_next()
    {
        var context = ContextAt("2026-02-05T09:00Z");
        var silent = context with { Customer = context.Customer with { DoNotContact = true } };
        var none = context with { Customer = context.Customer with { Email = null } };

        Assert.Equal(DunningBlock.DoNotContact, Schedule.Recalculate(silent, _invoice).Dunning.NoNextReason);
        Assert.Equal(DunningBlock.NoAddress, Schedule.Recalculate(none, _invoice).Dunning.NoNextReason);
        Assert.Null(Schedule.Recalculate(context, _invoice).Dunning.NoNextReason);
    }

    [Theory]
    [InlineData("2026-02-05T17:00Z", false)]
    [InlineData("2026-02-06T08:00Z", true)]
    public void A_message_that_waits_beyond_its_day_leaves_the_reason(string until, bool isTold)
    {
        var notice = new Notice
        {
            Id = new("20260205090000-email"),
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(_invoice.Id.Invoice, new("first"))],
            PlannedAt = _now,
            NotBefore = _now,
        };

        var wait = NoticeWait.Decide(
            ContextAt("2026-02-05T09:00Z"),
            TestData.Versioned(notice),
            notice with
            {
                NotBefore = TestData.Time(until),
            },
            EventReason.RateLimited
        );

        Assert.Equal(
            isTold ? [(EventKind.Postponed, EventReason.RateLimited, TestData.Day("2026-02-06"))] : [],
            wait.Transaction.All<InvoiceEvent>().Select(e => (e.Kind, e.Reason!.Value, e.Date!.Value))
        );
    }

    private static DunningContext ContextAt(string now) => new(TestData.Customer(), Rules.Default, TestData.Time(now));
}
