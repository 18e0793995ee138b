using Dunning.Invoices;
using Dunning.Invoices.Formats;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

/// <summary>The position on the schedule that a document gives to an invoice.</summary>
public sealed class IntakeScheduleTests
{
    private static readonly InvoiceDocument _sent = TestData.Document("2026-02-02");

    [Theory]
    [InlineData("2026-01-26T15:00Z", null, "courtesy", "2026-01-26T09:00Z", "2026-02-02")] // the courtesy's own day
    [InlineData("2026-01-27T00:00Z", "courtesy", "first", "2026-02-05T09:00Z", "2026-02-02")]
    [InlineData("2026-02-03T10:00Z", null, "first", "2026-02-05T09:00Z", "2026-02-02")]
    [InlineData("2026-03-18T10:00Z", null, "first", "2026-03-18T09:00Z", "2026-03-13")]
    [InlineData("2027-03-17T10:00Z", null, "first", "2027-03-17T09:00Z", "2027-03-12")]
    public void It_starts_at_the_step_that_makes_sense_on_the_day_it_comes_in(
        string now,
        string? passed,
        string next,
        string at,
        string from
    )
    {
        var invoice = Decide(_sent, null, now).Invoice;

        Assert.Equal(
            (passed, next, TestData.Time(at), TestData.Day(from)),
            (
                invoice.Dunning.Step?.Value,
                invoice.Dunning.Next!.Step.Value,
                invoice.Dunning.Next.At,
                invoice.Dunning.ScheduleStart
            )
        );
    }

    [Fact]
    public void A_due_date_moved_into_the_future_restarts_the_schedule()
    {
        var moved = Decide(
            _sent with
            {
                DueDate = TestData.Day("2026-03-30"),
            },
            DecisionAtStep("third"),
            "2026-02-06T08:00Z"
        ).Invoice;

        Assert.Equal(
            ("courtesy", TestData.Time("2026-03-23T09:00Z"), null),
            (moved.Dunning.Next!.Step.Value, moved.Dunning.Next.At, moved.Dunning.Approved?.Value)
        );
    }

    [Theory]
    [InlineData("2026-02-05", "2026-02-26T09:00Z")]
    [InlineData("2026-01-30", "2026-02-20T09:00Z")]
    public void A_corrected_due_date_moves_the_schedule(string due, string call)
    {
        var moved = Decide(
            _sent with
            {
                DueDate = TestData.Day(due),
            },
            DecisionAtStep("third"),
            "2026-02-06T08:00Z"
        ).Invoice;

        Assert.Equal(
            ("third", "call", TestData.Time(call)),
            (moved.Dunning.Step?.Value, moved.Dunning.Next!.Step.Value, moved.Dunning.Next.At)
        );
    }

    [Fact]
    public void After_a_courtesy_alone_a_due_date_corrected_into_the_past_starts_with_the_friendly_reminder()
    {
        var moved = Decide(
            _sent with
            {
                DueDate = TestData.Day("2026-01-03"),
            },
            DecisionAtStep("courtesy"),
            "2026-01-28T10:00Z"
        ).Invoice;

        Assert.Equal(
            ["first"],
            DunningSchedule
                .Reached(
                    new DunningContext(TestData.Customer(), Rules.Default, TestData.Time("2026-01-28T10:00Z")),
                    moved
                )
                .Select(s => s.Id.Value)
        );
    }

    [Fact]
    public void The_same_due_date_leaves_it_where_it_is()
    {
        var resent = Decide(_sent with { Tags = ["resent"] }, DecisionAtStep("second"), "2026-02-10T10:00Z").Invoice;

        Assert.Equal(
            ("second", "third", TestData.Day("2026-02-02")),
            (resent.Dunning.Step?.Value, resent.Dunning.Next!.Step.Value, resent.Dunning.ScheduleStart)
        );
    }

    [Fact]
    public void An_invoice_keeps_its_version_of_the_policy_until_it_is_moved_to_another()
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"default","version":3,"steps":[{"id":"only","days":9,"tone":"firm","channels":["email"]}]},
             {"name":"gentle","version":4,"steps":[{"id":"once","days":9,"tone":"friendly","channels":["email"]}]}]
            """
        );
        var known = Decide(_sent, null, "2026-01-03T10:00Z");

        Assert.Equal(
            new PolicyVersion("default", 3),
            Decide(_sent, null, "2026-01-03T10:00Z", rules).Invoice.Dunning.Policy
        );
        Assert.Equal(
            new PolicyVersion("default", 2),
            Decide(_sent with { Tags = ["resent"] }, known, "2026-01-10T10:00Z", rules).Invoice.Dunning.Policy
        );
        var moved = Decide(_sent with { Dunning = new() { Policy = "gentle" } }, known, "2026-01-10T10:00Z", rules);
        Assert.Equal(new PolicyVersion("gentle", 4), moved.Invoice.Dunning.Policy);
        Assert.Equal("once", moved.Invoice.Dunning.Next!.Step.Value);
        Assert.Equal(
            new PolicyVersion("gentle", 4),
            Decide(_sent with { Tags = ["resent"] }, moved, "2026-01-11T10:00Z", rules).Invoice.Dunning.Policy
        );
    }

    [Fact]
    public void A_pause_requested_by_the_source_postpones_the_step()
    {
        var paused = Decide(Paused(), null, "2026-01-03T10:00Z").Invoice;

        Assert.Equal((TestData.Day("2026-02-20"), "holidays"), (paused.Dunning.Hold!.Until, paused.Dunning.Hold.Text));
        Assert.Equal(TestData.Time("2026-02-20T09:00Z"), paused.Dunning.Next!.At);
    }

    [Fact]
    public void A_repeated_pause_keeps_its_start()
    {
        var paused = Decide(Paused(), null, "2026-01-03T10:00Z");

        var resent = Decide(Paused() with { Tags = ["resent"] }, paused, "2026-02-10T10:00Z").Invoice;

        Assert.Equal(TestData.Time("2026-01-03T10:00Z"), resent.Dunning.Hold!.Since);
    }

    [Fact]
    public void A_hold_that_a_person_has_set_is_not_lifted_by_the_source()
    {
        var held = DecisionAtStep("second") is var known
            ? known with
            {
                Invoice = known.Invoice with
                {
                    Dunning = known.Invoice.Dunning with
                    {
                        Hold = new(HoldReason.Requested, known.Invoice.AcceptedAt, null) { Text = "asked" },
                    },
                },
            }
            : null!;

        var resent = Decide(_sent with { Tags = ["resent"] }, held, "2026-02-10T10:00Z").Invoice;

        Assert.Equal((held.Invoice.Dunning.Hold, null), (resent.Dunning.Hold, resent.Dunning.Next));
    }

    [Fact]
    public void A_customer_who_is_not_to_be_contacted_stays_so_until_the_source_says_otherwise()
    {
        var doNotContact = Decide(_sent with { Dunning = new() { DoNotContact = true } }, null, "2026-01-03T10:00Z");
        Assert.True(doNotContact.Customer.DoNotContact);
        Assert.Null(doNotContact.Invoice.Dunning.Next);

        // A pause or policy of one invoice does not change the customer.
        Assert.True(Decide(_sent with { Tags = ["resent"] }, doNotContact, "2026-01-10T10:00Z").Customer.DoNotContact);
        Assert.True(
            Decide(
                _sent with
                {
                    Dunning = new() { Policy = "default" },
                },
                doNotContact,
                "2026-01-10T10:00Z"
            ).Customer.DoNotContact
        );
    }

    private static InvoiceDocument Paused() =>
        _sent with
        {
            Dunning = new() { PausedUntil = TestData.Day("2026-02-20"), Reason = "holidays" },
        };

    private static IntakeDecision DecisionAtStep(string step)
    {
        var known = Decide(_sent, null, "2026-01-03T10:00Z");
        return known with
        {
            Invoice = known.Invoice with
            {
                Dunning = known.Invoice.Dunning with { Step = new(step), Approved = new(step) },
            },
        };
    }

    private static IntakeDecision Decide(
        InvoiceDocument document,
        IntakeDecision? known,
        string now,
        DunningRules? rules = null
    ) =>
        IntakeDecision.Decide(
            document,
            new StoredInvoice(
                InvoiceId.Create(TestData.CustomerId, "api", _sent.ExternalId),
                known is null ? null : TestData.Account(known.Customer, known.Invoice),
                known is null ? null : TestData.Versioned(known.Invoice)
            ),
            rules ?? Rules.Default,
            TestData.Time(now)
        );
}
