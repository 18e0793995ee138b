using Dunning.Policies.Interest;
using Dunning.Receivables;
using FsCheck.Xunit;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>1,000.00 EUR of 3 January 2026, due on 2 February: what bears interest from which day.</summary>
public sealed class DebtHistoryTests
{
    private static readonly IReadOnlyList<ClaimPart> _order =
    [
        ClaimPart.Costs,
        ClaimPart.Interest,
        ClaimPart.Principal,
    ];

    [Fact]
    public void What_is_not_paid_is_overdue_from_the_day_after_the_due_date() =>
        Assert.Equal(["2026-02-02 1000.00"], OverdueOf());

    [Fact]
    public void A_part_that_is_paid_bears_interest_up_to_the_day_of_payment() =>
        Assert.Equal(
            ["2026-02-02 900.00", "2026-02-10 500.00"],
            OverdueOf(
                Move("2026-01-20", MovementKind.Payment, "-100.00"),
                Move("2026-02-10", MovementKind.Payment, "-400.00")
            )
        );

    [Fact]
    public void What_is_paid_on_the_due_date_is_not_late() =>
        Assert.Empty(OverdueOf(Move("2026-02-02", MovementKind.Payment, "-1000.00")));

    [Fact]
    public void What_is_paid_late_was_overdue_until_then() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-03 0.00"],
            OverdueOf(Move("2026-02-03", MovementKind.Payment, "-1000.00"))
        );

    [Fact]
    public void Interest_and_costs_bear_no_interest() =>
        Assert.Equal(
            ["2026-02-02 1000.00"],
            OverdueOf(
                Move("2026-02-12", MovementKind.LateInterest, "10.00"),
                Move("2026-02-12", MovementKind.FixedSum, "40.00"),
                Move("2026-02-12", MovementKind.ReminderFee, "5.00")
            )
        );

    [Fact]
    public void A_payment_after_charges_lowers_the_principal_by_what_the_charges_leave()
    {
        var history = HistoryOf(
            Move("2026-02-12", MovementKind.LateInterest, "10.00"),
            Move("2026-02-12", MovementKind.FixedSum, "40.00"),
            Move("2026-02-20", MovementKind.Payment, "-100.00")
        );

        Assert.Equal(["2026-02-02 1000.00", "2026-02-20 950.00"], Lines(history));
        Assert.Equal(
            (Eur(-50_00), Eur(-10_00), Eur(-40_00)),
            (history.Movements[^1].Principal, history.Movements[^1].Interest, history.Movements[^1].Costs)
        );
        Assert.Equal(Eur(950_00), history.Principal);
        Assert.All(history.OpenCharges.Values, open => Assert.Equal(Eur(0), open));
    }

    [Fact]
    public void On_the_day_of_a_charge_what_was_paid_counts_before_it()
    {
        var history = HistoryOf(
            Move("2026-02-12", MovementKind.FixedSum, "40.00"),
            Move("2026-02-12", MovementKind.Payment, "-100.00")
        );

        Assert.Equal(Eur(900_00), history.Principal);
        Assert.Equal(Eur(40_00), history.OpenCharges[ChargeKind.FixedSum]);
    }

    [Fact]
    public void A_payment_that_was_taken_back_is_overdue_again() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-10 0.00", "2026-02-20 1000.00"],
            OverdueOf(
                Move("2026-02-10", MovementKind.Payment, "-1000.00"),
                Move("2026-02-20", MovementKind.Chargeback, "1000.00")
            )
        );

    [Fact]
    public void A_credit_note_ends_the_interest_of_what_it_takes_off_and_leaves_the_charges()
    {
        var history = HistoryOf(
            Move("2026-02-12", MovementKind.FixedSum, "40.00"),
            Move("2026-02-20", MovementKind.CreditNote, "-1000.00")
        );

        Assert.Equal(["2026-02-02 1000.00", "2026-02-20 0.00"], Lines(history));
        Assert.Equal(Eur(40_00), history.OpenCharges[ChargeKind.FixedSum]);
    }

    [Fact]
    public void What_was_paid_too_much_is_no_debt_below_zero()
    {
        var history = HistoryOf(Move("2026-02-10", MovementKind.Payment, "-1200.00"));

        Assert.Equal(["2026-02-02 1000.00", "2026-02-10 0.00"], Lines(history));
        Assert.Equal(Eur(-200_00), history.Principal);
    }

    [Fact]
    public void What_was_paid_too_much_before_lowers_what_is_refunded_later() =>
        Assert.Equal(
            ["2026-02-02 1000.00", "2026-02-10 0.00", "2026-02-20 100.00"],
            OverdueOf(
                Move("2026-02-10", MovementKind.Payment, "-1200.00"),
                Move("2026-02-20", MovementKind.Refund, "300.00")
            )
        );

    [Property(MaxTest = 300)]
    public void The_order_of_booking_makes_no_difference(int seed)
    {
        var random = new Random(seed);
        var movements = RandomMovements(random);

        var booked = HistoryOf([.. movements]);
        var otherwise = HistoryOf([.. movements.OrderBy(_ => random.Next())]);

        Assert.Equal(booked.Overdue, otherwise.Overdue);
        Assert.Equal(booked.Principal, otherwise.Principal);
        Assert.Equal(booked.OpenCharges.OrderBy(open => open.Key), otherwise.OpenCharges.OrderBy(open => open.Key));
    }

    [Property(MaxTest = 300)]
    public void What_is_open_is_the_sum_of_all_movements(int seed)
    {
        var movements = RandomMovements(new Random(seed));

        var history = HistoryOf([.. movements]);

        Assert.Equal(
            100_000 + movements.Sum(movement => movement.Amount.Minor),
            history.Principal.Minor + history.OpenCharges.Values.Sum(open => open.Minor)
        );
        // Each entry changes the amount, and none is below zero.
        Assert.All(history.Overdue, entry => Assert.True(entry.Amount.Minor >= 0));
        Assert.All(
            history.Overdue.Zip(history.Overdue.Skip(1)),
            pair => Assert.True(pair.First.After < pair.Second.After && pair.First.Amount != pair.Second.Amount)
        );
    }

    private static List<AccountMovement> RandomMovements(Random random)
    {
        MovementKind[] kinds =
        [
            MovementKind.Payment,
            MovementKind.CreditNote,
            MovementKind.WriteOff,
            MovementKind.LateInterest,
            MovementKind.FixedSum,
            MovementKind.ReminderFee,
            MovementKind.Refund,
        ];
        return
        [
            .. Enumerable
                .Range(0, random.Next(12))
                .Select(_ =>
                {
                    var kind = kinds[random.Next(kinds.Length)];
                    var amount = Eur(random.NextInt64(1, 40_000));
                    return new AccountMovement(
                        Day("2026-01-10").AddDays(random.Next(90)),
                        kind,
                        Invoice(),
                        kind is MovementKind.Payment or MovementKind.CreditNote or MovementKind.WriteOff
                            ? -amount
                            : amount
                    );
                }),
        ];
    }

    private static AccountMovement Move(string day, MovementKind kind, string amount) =>
        new(Day(day), kind, Invoice(), Amount(amount));

    private static List<string> OverdueOf(params AccountMovement[] movements) => Lines(HistoryOf(movements));

    private static List<string> Lines(DebtHistory history) =>
        [.. history.Overdue.Select(entry => $"{entry.After:yyyy-MM-dd} {entry.Amount.ToDecimalString()}")];

    private static DebtHistory HistoryOf(params AccountMovement[] movements) =>
        DebtHistory.Create(
            [Move("2026-01-03", MovementKind.Invoice, "1000.00"), .. movements],
            _order,
            "EUR",
            new DueDates(Invoice("2026-02-02"), at => DateOnly.FromDateTime(at.UtcDateTime), day => day)
        );
}
