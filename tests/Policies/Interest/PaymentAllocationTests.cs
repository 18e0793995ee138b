using Dunning.Policies.Interest;
using Dunning.Receivables;
using FsCheck.Xunit;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// 100.00 EUR of principal, 6.00 of interest, a fixed sum of 40.00 and a fee of 5.00; then payments in the order of a
/// law.
/// </summary>
public sealed class PaymentAllocationTests
{
    private static readonly IReadOnlyList<ClaimPart> _costsFirst =
    [
        ClaimPart.Costs,
        ClaimPart.Interest,
        ClaimPart.Principal,
    ];

    [Theory]
    // Costs are the fee and the fixed sum: 45.00.
    [InlineData("costs,interest,principal", "44.00", "0.00", "0.00", "-44.00")]
    [InlineData("costs,interest,principal", "48.00", "0.00", "-3.00", "-45.00")]
    [InlineData("costs,interest,principal", "61.00", "-10.00", "-6.00", "-45.00")]
    [InlineData("principal,interest,costs", "99.00", "-99.00", "0.00", "0.00")]
    [InlineData("principal,interest,costs", "104.00", "-100.00", "-4.00", "0.00")]
    [InlineData("interest,costs,principal", "16.00", "0.00", "-6.00", "-10.00")]
    // All of it is 151.00: more than that counts towards the principal.
    [InlineData("costs,interest,principal", "160.00", "-109.00", "-6.00", "-45.00")]
    [InlineData("principal,interest,costs", "160.00", "-109.00", "-6.00", "-45.00")]
    public void A_payment_settles_one_part_after_the_other(
        string order,
        string paid,
        string principal,
        string interest,
        string costs
    )
    {
        var allocation = WithCharges([.. order.Split(',').Select(part => Enum.Parse<ClaimPart>(part, true))]);

        var payment = allocation.Add(Movement(MovementKind.Payment, -Amount(paid)));

        Assert.Equal(
            (principal, interest, costs),
            (payment.Principal.ToDecimalString(), payment.Interest.ToDecimalString(), payment.Costs.ToDecimalString())
        );
    }

    [Fact]
    public void A_fee_is_settled_before_the_fixed_sum()
    {
        var allocation = WithCharges(_costsFirst);

        allocation.Add(Movement(MovementKind.Payment, Eur(-7_00)));

        Assert.Equal(Eur(0), allocation.OpenCharges[ChargeKind.ReminderFee]);
        Assert.Equal(Eur(38_00), allocation.OpenCharges[ChargeKind.FixedSum]);
    }

    [Theory]
    [InlineData(MovementKind.CreditNote)]
    [InlineData(MovementKind.Discount)]
    [InlineData(MovementKind.Adjustment)]
    [InlineData(MovementKind.Void)]
    public void What_lowers_the_invoice_itself_leaves_the_charges_open(MovementKind kind)
    {
        var allocation = WithCharges(_costsFirst);

        var lowered = allocation.Add(Movement(kind, Eur(-30_00)));

        Assert.Equal((Eur(-30_00), Eur(0), Eur(0)), (lowered.Principal, lowered.Interest, lowered.Costs));
        Assert.Equal(Eur(70_00), allocation.Principal);
    }

    [Fact]
    public void What_a_person_wrote_off_counts_as_a_payment_does()
    {
        var writtenOff = WithCharges(_costsFirst).Add(Movement(MovementKind.WriteOff, Eur(-50_00)));

        Assert.Equal((Eur(0), Eur(-5_00), Eur(-45_00)), (writtenOff.Principal, writtenOff.Interest, writtenOff.Costs));
    }

    [Fact]
    public void A_refund_makes_the_principal_owed_again()
    {
        var allocation = WithCharges(_costsFirst);
        allocation.Add(Movement(MovementKind.Payment, Eur(-151_00)));

        allocation.Add(Movement(MovementKind.Refund, Eur(20_00)));

        Assert.Equal(Eur(20_00), allocation.Principal);
        Assert.All(allocation.OpenCharges.Values, open => Assert.Equal(Eur(0), open));
    }

    [Theory]
    [InlineData("151.00", "100.00", "6.00", "45.00")]
    // What was settled last is owed again first.
    [InlineData("103.00", "100.00", "3.00", "0.00")]
    public void Charges_that_were_paid_are_owed_again_when_the_money_goes_back_and_do_not_become_principal(
        string back,
        string principal,
        string interest,
        string costs
    )
    {
        var allocation = WithCharges(_costsFirst);
        allocation.Add(Movement(MovementKind.Payment, Eur(-151_00)));

        var returned = allocation.Add(Movement(MovementKind.Chargeback, Amount(back)));

        Assert.Equal(
            (Amount(principal), Amount(interest), Amount(costs)),
            (returned.Principal, returned.Interest, returned.Costs)
        );
    }

    [Property(MaxTest = 300)]
    public void The_parts_of_each_movement_are_its_amount_and_no_charge_is_below_zero(int seed)
    {
        var random = new Random(seed);
        var allocation = new PaymentAllocation([.. _costsFirst.OrderBy(_ => random.Next())], "EUR");
        for (var i = 0; i < 30; i++)
        {
            var kind = Enum.GetValues<MovementKind>()[random.Next(Enum.GetValues<MovementKind>().Length)];
            var owed = Eur(random.NextInt64(0, 20_000));
            var movement = Movement(kind, RaisesDebt(kind) ? owed : -owed);

            var allocated = allocation.Add(movement);

            Assert.Equal(movement.Amount, allocated.Principal + allocated.Interest + allocated.Costs);
            Assert.All(allocation.OpenCharges.Values, open => Assert.True(open >= Eur(0), $"{open} is open"));
        }
    }

    private static bool RaisesDebt(MovementKind kind) =>
        kind
            is MovementKind.Invoice
                or MovementKind.Refund
                or MovementKind.Chargeback
                or MovementKind.LateInterest
                or MovementKind.FixedSum
                or MovementKind.ReminderFee;

    private static PaymentAllocation WithCharges(IReadOnlyList<ClaimPart> order)
    {
        var allocation = new PaymentAllocation(order, "EUR");
        allocation.Add(Movement(MovementKind.Invoice, Eur(100_00)));
        allocation.Add(Movement(MovementKind.LateInterest, Eur(6_00)));
        allocation.Add(Movement(MovementKind.FixedSum, Eur(40_00)));
        allocation.Add(Movement(MovementKind.ReminderFee, Eur(5_00)));
        return allocation;
    }

    private static AccountMovement Movement(MovementKind kind, Money amount) =>
        new(Day("2026-03-02"), kind, Invoice(), amount);
}
