using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>An open invoice moves to a later version of its policy: what was sent counts, nothing is skipped.</summary>
public sealed class PolicyMoveTests
{
    private const string Steps = """
        { "id": "soon", "days": -7, "tone": "upcoming", "channels": ["email"] },
        { "id": "hello", "days": 2, "tone": "friendly", "channels": ["email"] },
        { "id": "again", "days": 6, "tone": "helpful", "channels": ["email"] },
        { "id": "firm", "days": 12, "tone": "firm", "channels": ["email"] },
        { "id": "last", "days": 30, "tone": "final", "channels": ["email"], "payByDays": 10, "needsApproval": true }
        """;

    private static readonly DunningRules _rules = Rules.WithPolicies(
        $$"""
        [
          { "name": "default", "version": 3, "steps": [{{Steps}}] },
          {
            "name": "default", "version": 4,
            "steps": [
              { "id": "early", "days": -3, "tone": "upcoming", "channels": ["email"] },
              { "id": "hello", "days": 4, "tone": "friendly", "channels": ["email"] },
              { "id": "strict", "days": 8, "tone": "firm", "channels": ["email"] },
              { "id": "last", "days": 10, "tone": "final", "channels": ["email"], "payByDays": 10 }
            ]
          }
        ]
        """
    );

    private static readonly Policy _policy = _rules.Policies.Newest("default");

    [Theory]
    // Due on Monday 2 February. Nothing was sent yet: the steps before today are left out.
    [InlineData("2026-01-27", null, null, "early", "2026-01-30")]
    [InlineData("2026-02-01", null, "early", "hello", "2026-02-06")]
    // The same id: the step above it, on its own day.
    [InlineData("2026-02-05", "hello", "hello", "strict", "2026-02-10")]
    // No such id: the last one that is not firmer stands for it.
    [InlineData("2026-01-28", "soon", "early", "hello", "2026-02-06")]
    [InlineData("2026-02-09", "again", "hello", "strict", "2026-02-10")]
    [InlineData("2026-02-15", "firm", "strict", "last", "2026-02-16")]
    // The days of several steps have passed: the next one is due today, and no other.
    [InlineData("2026-02-25", "hello", "hello", "strict", "2026-02-25")]
    public void The_invoice_goes_on_with_the_next_step(
        string today,
        string? taken,
        string? standsFor,
        string next,
        string day
    )
    {
        var moved = Move(today, taken);

        Assert.Equal("default v4", moved.Dunning.Policy.ToString());
        Assert.Equal(standsFor, moved.Dunning.Step?.Value);
        Assert.Equal((next, day), (moved.Dunning.Next!.Step.Value, DayOf(moved)));
    }

    [Fact]
    public void A_later_step_follows_the_next_one_after_its_own_distance()
    {
        var moved = Move("2026-02-25", "hello");
        var after = Schedule.AfterStep(ContextOn("2026-02-25"), moved.AtStep(new("strict")));
        // Two days after it on the ladder, three by the minimum days; 28 February is a Saturday.
        Assert.Equal(("last", "2026-03-02"), (after.Dunning.Next!.Step.Value, DayOf(after)));
    }

    [Fact]
    public void The_time_to_pay_that_a_letter_gave_is_waited_for()
    {
        var rules = Rules.WithPolicies(
            """
            [
              { "name": "default", "version": 3, "steps": [
                { "id": "last", "days": 5, "tone": "final", "channels": ["email"], "payByDays": 20 } ] },
              { "name": "default", "version": 4, "steps": [
                { "id": "last", "days": 5, "tone": "final", "channels": ["email"], "payByDays": 20 },
                { "id": "call", "days": 6, "tone": "followUp", "channels": [], "followUp": "Call." } ] }
            ]
            """
        );
        var context = new DunningContext(TestData.Customer(), rules, TestData.Time("2026-02-12T08:00Z"));
        var invoice = InvoiceAt("last").RemindedAt(TestData.Day("2026-02-09"));
        var moved = PolicyMove.Move(context, invoice, rules.Policies.Newest("default"));
        Assert.Equal("2026-03-02", DayOf(moved));
    }

    [Fact]
    public void A_step_that_waits_for_approval_and_no_longer_needs_it_waits_no_more()
    {
        var waiting = InvoiceAt("firm")
            .WithHold(
                new Hold(HoldReason.AwaitsApproval, TestData.Time("2026-03-04T09:00Z"), Until: null)
                {
                    ApprovalFor = new("last"),
                }
            );
        var moved = PolicyMove.Move(ContextOn("2026-03-05"), waiting, _policy);
        Assert.Null(moved.Dunning.Hold);
        Assert.Equal(("last", "2026-03-05"), (moved.Dunning.Next!.Step.Value, DayOf(moved)));
    }

    [Fact]
    public void A_step_that_waits_for_approval_is_due_when_it_is_approved_and_no_later()
    {
        var rules = Rules.WithPolicies(
            $$"""
            [ { "name": "default", "version": 3, "steps": [{{Steps}}] },
              { "name": "default", "version": 4, "steps": [{{Steps}}] } ]
            """
        );
        var waiting = InvoiceAt("firm")
            .WithHold(
                new Hold(HoldReason.AwaitsApproval, TestData.Time("2026-03-04T09:00Z"), Until: null)
                {
                    ApprovalFor = new("last"),
                }
            );
        DunningContext On(string day) => new(TestData.Customer(), rules, TestData.Time($"{day}T08:00Z"));
        var moved = PolicyMove.Move(On("2026-03-18"), waiting, rules.Policies.Newest("default"));
        Assert.NotNull(moved.Dunning.Hold);
        var resumed = Schedule.Recalculate(On("2026-03-19"), moved.Unpaused(On("2026-03-19").Now));
        Assert.Equal(("last", "2026-03-19"), (resumed.Dunning.Next!.Step.Value, DayOf(resumed)));
    }

    [Fact]
    public void Days_of_an_earlier_pause_still_do_not_count()
    {
        var invoice = InvoiceAt(null);
        var paused = invoice with { Dunning = invoice.Dunning with { ScheduleStart = TestData.Day("2026-02-20") } };
        var moved = PolicyMove.Move(ContextOn("2026-02-21"), paused, _policy);
        Assert.Equal(("hello", "2026-02-24"), (moved.Dunning.Next!.Step.Value, DayOf(moved)));
    }

    [Fact]
    public void The_step_before_a_plan_is_translated_too()
    {
        var invoice = InvoiceAt(null);
        var planned = invoice with
        {
            Agreements = invoice.Agreements with
            {
                Plan = new PaymentPlan([]) { Count = 0, StepBefore = new("firm") },
            },
        };
        var moved = PolicyMove.Move(ContextOn("2026-02-21"), planned, _policy);
        Assert.Equal("strict", moved.Agreements.Plan!.StepBefore?.Value);
    }

    [Fact]
    public void A_step_is_known_by_the_policy_that_it_is_of()
    {
        // Another policy has a friendly step of this name.
        var rules = Rules.WithPolicies(
            $$"""
            [ { "name": "default", "version": 3, "steps": [{{Steps}}] },
              { "name": "retail", "version": 9, "steps": [
                { "id": "firm", "days": 1, "tone": "friendly", "channels": ["email"] } ] },
              { "name": "gentle", "version": 1, "steps": [
                { "id": "a", "days": 1, "tone": "friendly", "channels": ["email"] },
                { "id": "b", "days": 9, "tone": "firm", "channels": ["email"] },
                { "id": "c", "days": 19, "tone": "followUp", "channels": [], "followUp": "Call." },
                { "id": "d", "days": 29, "tone": "firm", "channels": ["email"] } ] } ]
            """
        );
        var context = new DunningContext(TestData.Customer(), rules, TestData.Time("2026-02-16T08:00Z"));
        var moved = PolicyMove.Move(context, InvoiceAt("firm"), rules.Policies.Newest("gentle"));
        Assert.Equal("d", moved.Dunning.Step?.Value);
        var milder = PolicyMove.Move(context, InvoiceAt("again"), rules.Policies.Newest("gentle"));
        Assert.Equal(("a", "b"), (milder.Dunning.Step?.Value, milder.Dunning.Next!.Step.Value));
    }

    [Fact]
    public void A_hold_and_a_dispute_stay()
    {
        var held = InvoiceAt("hello")
            .WithHold(new Hold(HoldReason.Requested, TestData.Time("2026-02-06T09:00Z"), null));
        Assert.Null(PolicyMove.Move(ContextOn("2026-02-09"), held, _policy).Dunning.Next);
        var disputed = InvoiceAt("hello")
            .WithDispute(new Dispute(DisputeReason.Reported, TestData.Time("2026-02-06T09:00Z")));
        Assert.Null(PolicyMove.Move(ContextOn("2026-02-09"), disputed, _policy).Dunning.Next);
    }

    [Fact]
    public void Only_earlier_versions_of_the_same_policy_move()
    {
        var account = TestData.Account(
            TestData.Customer(),
            InvoiceAt("hello"),
            InvoiceAt("hello", "2") with
            {
                Id = InvoiceId.Create(TestData.CustomerId, "api", "2"),
            }
        );
        var other = account.Invoices[1].Value;
        var elsewhere = other with { Dunning = other.Dunning with { Policy = new("pre-collection", 1) } };
        account = TestData.Account(TestData.Customer(), account.Invoices[0].Value, elsewhere);

        var transaction = PolicyMove.Decide(ContextOn("2026-02-05"), account, _policy, "Maya")!;
        var saved = Assert.Single(transaction.Rows.Select(row => row.Value).OfType<Invoice>());
        Assert.Equal(account.Invoices[0].Value.Id, saved.Id);
        Assert.Null(
            PolicyMove.Decide(ContextOn("2026-02-05"), TestData.Account(TestData.Customer(), saved), _policy, "Maya")
        );
    }

    private static DunningContext ContextOn(string day) =>
        new(TestData.Customer(), _rules, TestData.Time($"{day}T08:00Z"));

    private static Invoice Move(string today, string? taken) =>
        PolicyMove.Move(ContextOn(today), InvoiceAt(taken), _policy);

    private static Invoice InvoiceAt(string? step, string number = "1042")
    {
        var invoice = TestData.Invoice("2026-02-02", number);
        return invoice with
        {
            Dunning = invoice.Dunning with
            {
                Policy = new("default", 3),
                Step = step is null ? null : new StepId(step),
            },
        };
    }

    private static string DayOf(Invoice invoice) =>
        ContextOn("2026-02-01").DayOf(invoice.Dunning.Next!.At).ToString("O", CultureInfo.InvariantCulture);
}
