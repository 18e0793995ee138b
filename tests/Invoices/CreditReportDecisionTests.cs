using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Invoices;

/// <summary>
/// 119.00 EUR, due on 2 February 2026, of a customer in London; a letter said that it will be reported to the Credit
/// Bureau if it is neither paid nor disputed by Friday 10 April.
/// </summary>
public sealed class CreditReportDecisionTests
{
    private static readonly Invoice _announced = Announced(
        new(new NoticeId("20260313090000-email"), "Credit Bureau", TestData.Day("2026-04-10"))
    );

    /// <summary>In April London is an hour ahead of UTC: 23:30Z on the 10th is the 11th there.</summary>
    [Theory]
    [InlineData("2026-04-10T22:30Z", null, 409)]
    [InlineData("2026-04-10T23:30Z", null, null)]
    [InlineData("2026-04-20T09:00Z", "2026-04-20", null)]
    [InlineData("2026-04-20T09:00Z", "2026-04-21", 422)]
    [InlineData("2026-04-20T09:00Z", "2026-04-11", null)]
    [InlineData("2026-04-20T09:00Z", "2026-04-10", 422)]
    public void It_is_reported_after_the_day_that_the_letter_named_and_not_in_the_future(
        string now,
        string? on,
        int? status
    )
    {
        var decision = Report(_announced, now, on);

        Assert.Equal(status, decision.Error?.Status);
        Assert.Equal(status is null, decision.Transaction is not null);
    }

    [Fact]
    public void Nothing_is_reported_that_no_letter_announced() =>
        Assert.Equal(409, Report(TestData.Invoice(), "2026-04-20T09:00Z").Error?.Status);

    [Fact]
    public void Nothing_is_reported_that_is_in_dispute_also_in_part()
    {
        var disputed = _announced.WithDispute(
            new(DisputeReason.Reported, TestData.Time("2026-04-09T09:00Z")) { Amount = TestData.Eur(19_00) }
        );

        var error = Report(disputed, "2026-04-20T09:00Z").Error;

        Assert.Equal(409, error?.Status);
        Assert.Contains("2026-04-09", error!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_reported_that_is_paid() =>
        Assert.Equal(
            409,
            Report(
                _announced with
                {
                    Closed = new(ClosedAs.Settled, TestData.Time("2026-04-15T09:00Z"), ClosedBy.Ledger),
                },
                "2026-04-20T09:00Z"
            ).Error?.Status
        );

    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-04-13", null)]
    [InlineData("2026-04-14", 409)]
    public void A_claim_is_reported_once(string? on, int? status)
    {
        var reported = Announced(_announced.Dunning.CreditReport! with { ReportedOn = TestData.Day("2026-04-13") });

        var decision = Report(reported, "2026-04-20T09:00Z", on);

        Assert.Equal((status, null), (decision.Error?.Status, decision.Transaction));
    }

    [Fact]
    public void A_report_that_was_withdrawn_is_not_repeated_without_another_letter()
    {
        var withdrawn = Announced(
            _announced.Dunning.CreditReport! with
            {
                ReportedOn = TestData.Day("2026-04-13"),
                WithdrawnOn = TestData.Day("2026-04-15"),
            }
        );

        Assert.Equal(409, Report(withdrawn, "2026-04-20T09:00Z").Error?.Status);
        Assert.Empty((withdrawn with { Closed = _paid }).WaitingFollowUps);
    }

    [Fact]
    public void What_was_not_reported_is_not_withdrawn() =>
        Assert.Equal(
            409,
            CreditReportDecision
                .Withdraw(ContextAt("2026-04-20T09:00Z"), TestData.Versioned(_announced), new("Maya", "paid"))
                .Error?.Status
        );

    private static readonly Closed _paid = new(ClosedAs.Settled, TestData.Time("2026-04-16T09:00Z"), ClosedBy.Ledger);

    public static TheoryData<string> Closings => [.. Enum.GetNames<ClosedAs>()];

    [Theory]
    [MemberData(nameof(Closings))]
    public void However_a_reported_claim_is_closed_a_person_is_asked_to_withdraw_the_report(string closedAs)
    {
        var reported = Announced(_announced.Dunning.CreditReport! with { ReportedOn = TestData.Day("2026-04-13") });
        var closed = reported with { Closed = _paid with { As = Enum.Parse<ClosedAs>(closedAs) } };

        Assert.Empty(reported.WaitingFollowUps);
        var asked = Assert.Single(closed.WaitingFollowUps);
        Assert.Equal(
            (FollowUpKind.WithdrawCreditReport, _paid.On, "Credit Bureau"),
            (asked.Kind, asked.Due, asked.Text)
        );
        Assert.Single(Erasure.Erase(closed, TestData.Time("2026-04-18T09:00Z")).WaitingFollowUps);
    }

    private static Invoice Announced(CreditReport report) =>
        TestData.Invoice().WithDunning(dunning => dunning with { CreditReport = report });

    private static ChangeDecision Report(Invoice invoice, string now, string? on = null) =>
        CreditReportDecision.Report(
            ContextAt(now),
            TestData.Versioned(invoice),
            new("Maya", on is null ? null : TestData.Day(on), null)
        );

    private static DunningContext ContextAt(string now) => new(TestData.Customer(), Rules.Default, TestData.Time(now));
}
