using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies;

/// <summary>Discounts to the cent: the published examples G20 to G24 of shared/facts/rates.md.</summary>
public sealed class EarlyPaymentTests
{
    [Theory]
    // G20: 5 % of 1,190.00 (German VAT newsletter).
    [InlineData("1190.00", "5", null, "59.50", "1130.50", "50.00", "9.50")]
    // G21: 50 of the net price by agreement: 1,140.00 is left, 957.98 and 182.02.
    [InlineData("1190.00", null, "50.00", "50.00", "1140.00", "42.02", "7.98")]
    // G22: 3 % of 2,000.00 gross.
    [InlineData("2000.00", "3", null, "60.00", "1940.00", "50.42", "9.58")]
    // G23: 3 % of 2,380.00.
    [InlineData("2380.00", "3", null, "71.40", "2308.60", "60.00", "11.40")]
    // G24: the tiers of XRechnung 01.10a.
    [InlineData("2594.20", "2.00", null, "51.88", "2542.32", "43.60", "8.28")]
    [InlineData("2594.20", "1.00", null, "25.94", "2568.26", "21.80", "4.14")]
    [InlineData("2594.20", "0.00", null, "0.00", "2594.20", "0.00", "0.00")]
    public void A_published_example_is_met_to_the_cent(
        string gross,
        string? percent,
        string? amount,
        string discount,
        string pays,
        string net,
        string tax
    )
    {
        var total = Amount(gross);
        var agreed = new Discount(Day("2026-03-16"))
        {
            Percent = percent is null ? null : decimal.Parse(percent, CultureInfo.InvariantCulture),
            Amount = amount is null ? null : Amount(amount),
        };

        var taken = agreed.Of(total);

        Assert.Equal((Amount(discount), Amount(pays)), (taken, total - taken));
        var net19 = total.Times(100m / 119);
        var share = Assert.Single(TaxShare.Split([new TaxShare(19, net19, total - net19)], taken));
        Assert.Equal((Amount(net), Amount(tax)), (share.Net, share.Tax));
    }

    [Theory]
    // G24: XRechnung 01.10a, 2,594.20; 7 days 2 %, 14 days 1 %, 30 days net; issued on 2 March.
    [InlineData("2026-03-09", "2542.32", true)]
    [InlineData("2026-03-10", "2542.32", false)]
    [InlineData("2026-03-16", "2568.26", true)]
    [InlineData("2026-03-17", "2568.26", false)]
    [InlineData("2026-03-16", "2568.25", false)]
    [InlineData("2026-03-31", "2594.20", true)]
    public void Of_three_tiers_the_one_of_the_value_date_counts(string paidOn, string paid, bool settled)
    {
        var invoice = WithDiscounts(
            "2594.20",
            new Discount(Day("2026-03-09")) { Percent = 2 },
            new Discount(Day("2026-03-16")) { Percent = 1 }
        );

        Assert.Equal(settled, IsSettled(invoice, [Payment("1", paid, paidOn)]));
    }

    [Fact]
    public void The_order_in_which_payments_are_booked_makes_no_difference()
    {
        var invoice = WithDiscounts("100.00", new Discount(Day("2026-03-16")) { Percent = 2 });
        LedgerEntry[] payments = [Payment("1", "50.00", "2026-03-10"), Payment("2", "48.00", "2026-03-16")];

        Assert.True(IsSettled(invoice, payments));
        Assert.True(IsSettled(invoice, [.. payments.Reverse()]));
        Assert.False(IsSettled(invoice, [payments[0], Payment("2", "48.00", "2026-03-17")]));
    }

    [Fact]
    public void A_credit_note_lowers_what_the_discount_is_of()
    {
        var invoice = WithDiscounts("100.00", new Discount(Day("2026-03-16")) { Percent = 10 });
        var credit = Payment("c", "50.00", "2026-03-20") with { Kind = LedgerKind.CreditNote };

        Assert.True(IsSettled(invoice, [credit, Payment("1", "45.00", "2026-03-10")]));
        Assert.False(IsSettled(invoice, [credit, Payment("1", "40.00", "2026-03-10")]));
    }

    [Fact]
    public void What_was_written_off_does_not_have_to_be_paid_for_the_discount()
    {
        var invoice = WithDiscounts("100.00", new Discount(Day("2026-03-16")) { Percent = 2 });
        invoice = invoice with { Payments = invoice.Payments with { WrittenOff = Eur(10_00) } };

        Assert.True(IsSettled(invoice, [Payment("1", "88.00", "2026-03-10")]));
    }

    [Fact]
    public void The_lag_of_the_banks_is_the_policy_s()
    {
        var rules = Rules.WithPolicies(
            """
            [{ "name": "default", "version": 1, "discountLagBusinessDays": 1,
               "steps": [{ "id": "first", "days": 3, "tone": "friendly", "channels": ["email"] }] }]
            """
        );
        var invoice = WithDiscounts("100.00", new Discount(Day("2026-03-13")) { Percent = 2 });

        // A Friday; Monday is the next business day.
        Assert.True(IsSettled(invoice, [Payment("1", "98.00", "2026-03-16")], rules));
        Assert.False(IsSettled(invoice, [Payment("1", "98.00", "2026-03-17")], rules));
    }

    [Fact]
    public void Where_the_source_knows_of_other_payments_nobody_can_say_what_was_in_time()
    {
        var invoice = WithDiscounts("100.00", new Discount(Day("2026-03-16")) { Percent = 2 });
        invoice = invoice with { Document = invoice.Document with { AmountDue = Eur(50_00) } };

        Assert.False(IsSettled(invoice, [Payment("1", "49.00", "2026-03-10")]));
    }

    [Fact]
    public void Several_rates_share_a_discount_in_proportion_and_lose_no_cent()
    {
        var shares = TaxShare.Split(
            [new TaxShare(19, Eur(100_00), Eur(19_00)), new TaxShare(7, Eur(50_00), Eur(3_50))],
            Eur(5_17)
        );

        Assert.Equal(5_17, shares.Sum(share => share.Net.Minor + share.Tax.Minor));
        Assert.Equal([19m, 7m], shares.Select(share => share.Rate));
    }

    private static Invoice WithDiscounts(string amount, params Discount[] discounts)
    {
        var invoice = Invoice("2026-04-01");
        return invoice with
        {
            Document = invoice.Document with { AmountDue = Amount(amount), Discounts = discounts },
            Payments = invoice.Payments with { OriginalAmount = Amount(amount) },
        };
    }

    private static bool IsSettled(Invoice invoice, LedgerEntry[] entries, DunningRules? rules = null)
    {
        var context = new DunningContext(Customer(), rules ?? Rules.Default, Time("2026-05-01T09:00Z"));
        var paid = invoice with
        {
            Payments = invoice.Payments with
            {
                Paid = Balance.Paid(entries, "EUR"),
                Discount = EarlyPayment.Earned(context, invoice, entries),
            },
        };
        return !paid.OpenAmount.IsPositive;
    }

    private static LedgerEntry Payment(string id, string amount, string on) =>
        new("bank", id, LedgerKind.Payment, "i1", Amount(amount), Time($"{on}T00:00Z"), id) { ValueDate = Day(on) };
}
