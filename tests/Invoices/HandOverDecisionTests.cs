using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

/// <summary>119.00 EUR, due on 2 February 2026, of a customer in London; a letter named Friday 10 April.</summary>
public sealed class HandOverDecisionTests
{
    private static readonly HandOverRequest _request = new("Northern Collections", "Maya", null);
    private static readonly Invoice _announced = TestData
        .Invoice()
        .WithDunning(dunning =>
            dunning with
            {
                PreCollectionNotice = new(
                    new NoticeId("20260320090000-email"),
                    TestData.Day("2026-03-20"),
                    TestData.Day("2026-04-10")
                ),
            }
        );

    /// <summary>In April London is an hour ahead of UTC: 23:30Z on the 10th is the 11th there.</summary>
    [Theory]
    [InlineData("2026-04-10T22:30Z", false)]
    [InlineData("2026-04-10T23:30Z", true)]
    public void The_day_that_the_letter_named_has_to_be_over_where_the_customer_is(string now, bool isPossible)
    {
        var decision = Decide(_announced, now);

        Assert.Equal(isPossible, decision.Transaction is not null);
        if (isPossible)
            Assert.Empty(decision.Warnings);
        else
            Assert.Contains("2026-04-10", decision.Error!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_handed_over_that_is_in_dispute_also_in_part()
    {
        var disputed = _announced.WithDispute(
            new(DisputeReason.Reported, TestData.Time("2026-04-01T09:00Z")) { Amount = TestData.Eur(19_00) }
        );

        var decision = Decide(disputed, "2026-05-04T09:00Z");

        Assert.Equal((409, null), (decision.Error!.Status, decision.Transaction));
        Assert.Contains("2026-04-01", decision.Error.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_handed_over_that_may_be_owed_by_somebody_else()
    {
        var uncertain = _announced.WithHold(
            new(HoldReason.CustomerUncertain, TestData.Time("2026-03-01T09:00Z"), null)
        );

        Assert.Equal(409, Decide(uncertain, "2026-05-04T09:00Z").Error?.Status);
    }

    /// <summary>Held from 10 to 20 April: 10 days.</summary>
    [Fact]
    public void It_takes_the_place_of_another_hold_whose_days_do_not_count()
    {
        var waiting = _announced.WithHold(
            new(HoldReason.AwaitsApproval, TestData.Time("2026-04-10T09:00Z"), null) { ApprovalFor = new("final") }
        );

        var after = Decide(waiting, "2026-04-20T09:00Z").Transaction!.One<Invoice>();

        Assert.Equal(
            new Hold(HoldReason.HandedOver, TestData.Time("2026-04-20T09:00Z"), null) { Text = "Northern Collections" },
            after.Dunning.Hold
        );
        Assert.Equal(TestData.Day("2026-02-12"), after.Dunning.ScheduleStart);
        Assert.Empty(after.WaitingFollowUps);
        Assert.Null(after.Dunning.Next);
    }

    [Fact]
    public void The_person_is_told_what_speaks_against_it()
    {
        var promised = TestData.Invoice() with
        {
            Agreements = new Agreements
            {
                Promise = new(TestData.Day("2026-05-08"), TestData.Time("2026-05-01T09:00Z"))
                {
                    LastDay = TestData.Day("2026-05-12"),
                    PaidBefore = TestData.Eur(0),
                },
            },
        };

        var warnings = Decide(promised, "2026-05-04T09:00Z").Warnings;

        Assert.Contains(warnings, text => text.Contains("No notice before collection", StringComparison.Ordinal));
        Assert.Contains(warnings, text => text.Contains("has promised to pay", StringComparison.Ordinal));
    }

    private static ChangeDecision Decide(Invoice invoice, string now) =>
        HandOverDecision.Decide(
            new DunningContext(TestData.Customer(), Rules.Default, TestData.Time(now)),
            TestData.Versioned(invoice),
            _request
        );
}
