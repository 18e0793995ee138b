using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// 1,000.00 EUR, due on 2 February 2026, and what was agreed later. An agreement moves what is not due yet from the day
/// on which it was made; the interest of the days before stays.
/// </summary>
public sealed class DueDatesTests
{
    [Fact]
    public void A_later_due_date_that_was_agreed_in_time_moves_everything() =>
        Assert.Equal(["2026-03-20 1000.00"], OverdueOf(Extended("2026-03-20", on: "2026-01-20")));

    [Fact]
    public void A_later_due_date_that_was_agreed_late_ends_the_delay_until_it_passes() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-20 0.00", "2026-03-20 1000.00"],
            OverdueOf(Extended("2026-03-20", on: "2026-02-20"))
        );

    [Fact]
    public void A_due_date_that_was_agreed_for_a_past_day_changes_nothing() =>
        Assert.Equal(["2026-02-02 1000.00"], OverdueOf(Extended("2026-01-20", on: "2026-01-10")));

    [Fact]
    public void Of_a_plan_each_part_is_late_from_its_own_day() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-20 0.00", "2026-03-02 400.00", "2026-04-02 1000.00"],
            OverdueOf(Plan())
        );

    [Fact]
    public void What_is_paid_fills_the_oldest_part_of_a_plan_first() =>
        // 400.00 pays the part of 2 March, so nothing is late until 2 April.
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-20 0.00", "2026-04-02 600.00"],
            OverdueOf(Plan(), ("2026-02-25", "400.00"))
        );

    [Fact]
    public void A_part_that_is_paid_late_was_late_until_then() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-20 0.00", "2026-03-02 400.00", "2026-03-10 150.00", "2026-04-02 750.00"],
            OverdueOf(Plan(), ("2026-03-10", "250.00"))
        );

    [Fact]
    public void A_plan_that_broke_makes_the_rest_late_from_the_day_after() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-20 0.00", "2026-03-02 400.00", "2026-03-10 1000.00"],
            OverdueOf(Plan(brokenOn: "2026-03-10"))
        );

    [Fact]
    public void The_parts_that_a_document_names_apply_from_the_beginning() =>
        Assert.Equal(["2026-03-02 400.00", "2026-04-02 1000.00"], OverdueOf(Plan(agreedOn: null)));

    [Fact]
    public void A_part_that_waits_for_its_milestone_is_not_late() =>
        Assert.Equal(["2026-03-02 400.00"], OverdueOf(Plan(agreedOn: null, lastDue: null)));

    [Fact]
    public void Each_due_date_moves_as_the_law_says() =>
        // As if each of the three days were a holiday.
        Assert.Equal(
            ["2026-02-03 1000.00", "2026-02-20 0.00", "2026-03-03 400.00", "2026-04-03 1000.00"],
            OverdueOf(Plan(), day => day.AddDays(1))
        );

    private static Agreements Extended(string until, string on) =>
        new() { Extension = new Extension(Day(until), Time($"{on}T10:00Z")) };

    /// <summary>400.00 on 2 March and 600.00 on 2 April, agreed on 20 February.</summary>
    private static Agreements Plan(
        string? agreedOn = "2026-02-20",
        string? brokenOn = null,
        string? lastDue = "2026-04-02"
    ) =>
        new()
        {
            Plan = new PaymentPlan([
                new PlanPart(1, Eur(400_00), Day("2026-03-02")),
                new PlanPart(2, Eur(600_00), lastDue is null ? null : Day(lastDue)),
            ])
            {
                Count = 2,
                AgreedAt = agreedOn is null ? null : Time($"{agreedOn}T10:00Z"),
                BrokenAt = brokenOn is null ? null : Time($"{brokenOn}T10:00Z"),
            },
        };

    private static List<string> OverdueOf(Agreements agreements, params (string Day, string Amount)[] payments) =>
        OverdueOf(agreements, day => day, payments);

    private static List<string> OverdueOf(
        Agreements agreements,
        Func<DateOnly, DateOnly> move,
        params (string Day, string Amount)[] payments
    )
    {
        var invoice = Invoice("2026-02-02") with { Agreements = agreements };
        var history = DebtHistory.Create(
            [
                new AccountMovement(Day("2026-01-03"), MovementKind.Invoice, invoice, Eur(1_000_00)),
                .. payments.Select(paid => new AccountMovement(
                    Day(paid.Day),
                    MovementKind.Payment,
                    invoice,
                    -Amount(paid.Amount)
                )),
            ],
            [ClaimPart.Costs, ClaimPart.Interest, ClaimPart.Principal],
            "EUR",
            new DueDates(invoice, at => DateOnly.FromDateTime(at.UtcDateTime), move)
        );
        return [.. history.Overdue.Select(entry => $"{entry.After:yyyy-MM-dd} {entry.Amount.ToDecimalString()}")];
    }
}
