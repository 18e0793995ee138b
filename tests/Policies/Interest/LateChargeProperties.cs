using Dunning.Receivables;
using FsCheck.Xunit;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// What holds whatever was paid and charged on <see cref="LateInvoice"/>: each seed is one random case.
/// </summary>
public sealed class LateChargeProperties
{
    private static readonly LateInvoice _late = new();

    [Property(MaxTest = 150)]
    public void Interest_never_falls_while_nothing_is_paid(int seed)
    {
        var random = new Random(seed);
        var (late, on) = History(random);
        var before = Interest(late, on);
        for (var i = 0; i < 10; i++)
        {
            on = on.AddDays(random.Next(1, 20));
            var after = Interest(late, on);
            Assert.True(before <= after, $"{before} fell to {after}");
            before = after;
        }
    }

    [Property(MaxTest = 150)]
    public void What_was_charged_and_what_may_be_charged_is_all_that_was_computed(int seed)
    {
        var (late, on) = History(new Random(seed));
        var charged = late
            .Ledger.Where(entry => entry.Kind is LedgerKind.LateInterest)
            .Aggregate(Eur(0), (sum, entry) => sum + entry.Charge!.Amount);
        var rest = late.On(Iso(on)).Possible.Single(charge => charge.Kind is ChargeKind.Interest).Amount!.Value;

        Assert.Equal(Interest(late, on), charged + rest);
    }

    [Property(MaxTest = 150)]
    public void A_payment_of_all_that_is_owed_leaves_nothing(int seed)
    {
        var random = new Random(seed);
        var (late, on) = History(random);
        if (!late.Invoice.OpenAmount.IsPositive)
            return;
        var paid = late.Paid(late.Invoice.OpenAmount.ToDecimalString(), Iso(on));

        var debt = paid.On(Iso(on.AddDays(random.Next(1, 200)))).Debt;

        Assert.Equal(Eur(0), debt.Principal);
        Assert.All(debt.OpenCharges.Values, open => Assert.Equal(Eur(0), open));
        Assert.Equal(Eur(0), debt.Overdue[^1].Amount);
        // No later day adds interest.
        Assert.Equal(Interest(paid, on), Interest(paid, on.AddDays(100)));
    }

    [Property(MaxTest = 150)]
    public void What_is_open_of_principal_and_charges_is_what_is_owed(int seed)
    {
        var (late, on) = History(new Random(seed));

        var debt = late.On(Iso(on)).Debt;

        Assert.Equal(late.Invoice.OpenAmount.Minor, debt.Principal.Minor + debt.OpenCharges.Values.Sum(c => c.Minor));
    }

    /// <summary>Payments and charges from the day after the due date on, in the order of their days.</summary>
    /// <returns>The day after the last one.</returns>
    private static (LateInvoice Late, DateOnly On) History(Random random)
    {
        var (late, on) = (_late, Day("2026-02-03"));
        for (var i = random.Next(6); i >= 0; i--)
        {
            on = on.AddDays(random.Next(1, 15));
            if (random.Next(2) == 0)
            {
                var open = late.Invoice.OpenAmount.Minor;
                late = late.Paid(Eur(random.NextInt64(1, Math.Max(2, open / 2))).ToDecimalString(), Iso(on));
                continue;
            }
            foreach (var charge in late.On(Iso(on)).Allowed.ToList())
            {
                var amount = charge.Amount!.Value.ToDecimalString();
                late =
                    random.Next(4) == 0
                        ? late.Waived(charge.Kind, amount, Iso(on))
                        : late.Charged(charge.Kind, amount, Iso(on));
            }
        }
        return (late, on.AddDays(1));
    }

    private static Money Interest(LateInvoice late, DateOnly on) => late.On(Iso(on)).Interest!.Total;

    private static string Iso(DateOnly day) => $"{day:yyyy-MM-dd}";
}
