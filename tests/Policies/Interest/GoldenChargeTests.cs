using System.Globalization;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;
using static Dunning.Tests.Policies.Interest.InterestFiles;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// Fixed sums, fees and letters of the cases W, D and G; the discounts, G20 to G24, are in
/// <see cref="EarlyPaymentTests"/>.
/// </summary>
public sealed class GoldenChargeTests
{
    [Theory]
    [InlineData("W2", "GB", "GBP", "999.99", "40.00")]
    [InlineData("W2", "GB", "GBP", "1000.00", "70.00")]
    [InlineData("W2", "GB", "GBP", "9999.99", "70.00")]
    [InlineData("W2", "GB", "GBP", "10000.00", "100.00")]
    [InlineData("W9", "NL", "EUR", "125.00", "40.00")]
    [InlineData("W10", "NL", "EUR", "23000.00", "1005.00")]
    [InlineData("W11", "NL", "EUR", "266.67", "40.00")]
    [InlineData("W11", "NL", "EUR", "2500.00", "375.00")]
    [InlineData("W11", "NL", "EUR", "3000.00", "425.00")]
    [InlineData("W11", "NL", "EUR", "5000.00", "625.00")]
    [InlineData("W11", "NL", "EUR", "10000.00", "875.00")]
    [InlineData("W11", "NL", "EUR", "200000.00", "2775.00")]
    [InlineData("G15", "NL", "EUR", "100.00", "40.00")]
    [InlineData("G15", "NL", "EUR", "8400.00", "795.00")]
    [InlineData("G15", "NL", "EUR", "250000.00", "3025.00")]
    [InlineData("G15", "NL", "EUR", "1000000.00", "6775.00")]
    [InlineData("G15", "NL", "EUR", "2000000.00", "6775.00")]
    [InlineData("D2", "DE", "EUR", "10000.00", "40.00")]
    [InlineData("D10", "FR", "EUR", "1200.00", "40.00")]
    [InlineData("SE", "SE", "SEK", "20000.00", "450.00")]
    [InlineData("FI", "FI", "EUR", "10.00", "40.00")]
    public void A_fixed_sum_is_the_published_one(
        string id,
        string code,
        string currency,
        string principal,
        string expected
    ) =>
        Assert.Equal(
            (id, new FixedSumDecision(Amount(expected, currency), null)),
            (id, SumOf(code, Amount(principal, currency), "2025-06-16"))
        );

    [Theory]
    [InlineData("2023-06-30", "410.00")]
    [InlineData("2023-07-01", null)]
    // W19 and D6.
    [InlineData("2025-02-15", "470.00")]
    // The second half of 2025 is not known.
    [InlineData("2025-07-01", null)]
    [InlineData("2026-01-01", "460.00")]
    [InlineData("2026-07-01", "430.00")]
    [InlineData("2027-01-01", null)]
    public void The_Norwegian_compensation_changes_with_the_half_year_and_may_fall(string lateOn, string? expected)
    {
        var sum = SumOf("NO", new Money(15_000_00, "NOK"), lateOn);

        Assert.Equal(
            (
                expected is null ? null : Amount(expected, "NOK"),
                expected is null ? NotChargedReason.AmountUnknown : null
            ),
            ((Money?)sum.Amount, sum.WhyNot)
        );
    }

    [Theory]
    [InlineData("W3", "5000.00", "51.37", "121.37", "GB", "GBP")]
    [InlineData("W7", "12000.00", "12384.66", "12484.66", "GB", "GBP")]
    [InlineData("D1", "5000.00", "104.79", "174.79", "GB", "GBP")]
    [InlineData("G4", "10000.00", "10413.68", "10453.68", "FR", "EUR")]
    [InlineData("G5", "1000.00", "9.86", "49.86", "FR", "EUR")]
    [InlineData("G6", "10000.00", "1240.00", "1280.00", "FR", "EUR")]
    [InlineData("G12", "8400.00", "8451.39", "9246.39", "NL", "EUR")]
    public void Interest_and_fixed_sum_make_the_published_total(
        string id,
        string principal,
        string before,
        string total,
        string code,
        string currency
    ) =>
        Assert.Equal(
            (id, Amount(total, currency)),
            (id, Amount(before, currency) + SumOf(code, Amount(principal, currency), "2025-06-16").Amount!.Value)
        );

    [Fact]
    public void G15_VAT_that_cannot_be_deducted_is_added()
    {
        var rule = JurisdictionOf("NL").FixedSumFor(CustomerKind.Business, Day("2026-02-01")).Rule;

        Assert.Equal(Eur(961_95), FixedSum.Of(rule, Eur(8_400_00), Day("2026-02-01"), Rates, true).Amount);
        Assert.Equal(Eur(48_40), FixedSum.Of(rule, Eur(100_00), Day("2026-02-01"), Rates, true).Amount);
    }

    [Fact]
    public void A_Dutch_consumer_owes_costs_only_after_the_letter()
    {
        var rule = JurisdictionOf("NL").FixedSumFor(CustomerKind.Consumer, Day("2026-02-01")).Rule;

        Assert.Equal(NotChargedReason.NoticeMissing, FixedSum.Of(rule, Eur(125_00), Day("2026-02-01"), Rates).WhyNot);
        Assert.Equal(Eur(40_00), FixedSum.Of(rule, Eur(125_00), Day("2026-02-01"), Rates, noticeExpired: true).Amount);
    }

    [Fact]
    public void A_fixed_sum_is_never_converted() =>
        Assert.Equal(NotChargedReason.CurrencyDiffers, SumOf("GB", Eur(1_000_00), "2026-02-01").WhyNot);

    [Theory]
    [InlineData("D16 first", "DK", null, "2026-02-01", "2026-03-02", "", "", false, "100.00", null)]
    [InlineData(
        "D16 8 days",
        "DK",
        null,
        "2026-02-01",
        "2026-03-10",
        "2026-03-02",
        "2026-03-02",
        false,
        null,
        "2026-03-12"
    )]
    [InlineData(
        "D16 10 days",
        "DK",
        null,
        "2026-02-01",
        "2026-03-12",
        "2026-03-02",
        "2026-03-02,2026-03-10",
        false,
        "100.00",
        null
    )]
    [InlineData("D18", "FI", CustomerKind.Consumer, "2026-04-01", "2026-04-10", "", "", false, null, "2026-04-15")]
    [InlineData("D18", "FI", CustomerKind.Consumer, "2026-04-01", "2026-04-15", "", "", false, "5.00", null)]
    [InlineData("D19", "NO", null, "2026-04-01", "2026-04-14", "", "", false, null, "2026-04-15")]
    [InlineData("D19", "NO", null, "2026-04-01", "2026-04-15", "", "", false, "38.00", null)]
    [InlineData("NO 2025", "NO", null, "2025-12-01", "2025-12-31", "", "", false, "35.00", null)]
    [InlineData("SE agreed", "SE", null, "2026-04-01", "2026-04-02", "", "", true, "60.00", null)]
    [InlineData("FI B2B", "FI", CustomerKind.Business, "2026-04-01", "2026-04-02", "", "", false, "12.00", null)]
    [InlineData(
        "FI B2B 9 days",
        "FI",
        CustomerKind.Business,
        "2026-04-01",
        "2026-04-11",
        "2026-04-02",
        "2026-04-02",
        false,
        null,
        "2026-04-12"
    )]
    [InlineData("not late", "DK", null, "2026-04-01", "2026-04-01", "", "", false, null, "2026-04-02")]
    public void A_fee_is_allowed_from_a_day_on(
        string id,
        string code,
        CustomerKind? kind,
        string due,
        string on,
        string earlierFees,
        string earlierReminders,
        bool isAgreed,
        string? amount,
        string? earliest
    )
    {
        var fee = FeeOf(code, kind, due, on, earlierFees, earlierReminders, isAgreed);

        Assert.Equal((id, amount), (id, fee.Amount?.ToDecimalString()));
        Assert.Equal((id, earliest), (id, fee.EarliestOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(amount is null, fee.WhyNot is not null);
    }

    [Fact]
    public void D19_a_third_Norwegian_fee_is_refused() =>
        Assert.Equal(
            NotChargedReason.TooMany,
            FeeOf("NO", null, "2026-04-01", "2026-06-01", "2026-04-15,2026-05-01", "2026-04-15,2026-05-01").WhyNot
        );

    [Fact]
    public void D21_a_Swedish_fee_that_was_not_agreed_is_refused() =>
        Assert.Equal(NotChargedReason.NotAgreed, FeeOf("SE", null, "2026-04-01", "2026-05-01", "", "").WhyNot);

    [Fact]
    public void W20_each_Danish_invoice_bears_three_fees_and_the_compensation()
    {
        List<DateOnly> fees = [];
        var total = SumOf("DK", new Money(5_000_00, "DKK"), "2026-02-02").Amount!.Value;
        for (var on = Day("2026-02-02"); on < Day("2026-05-01"); on = on.AddDays(1))
        {
            var fee = ReminderFee.Decide(
                JurisdictionOf("DK").FeeFor(CustomerKind.Business, on).Rule,
                new FeeFacts(Day("2026-02-01"), on, fees, fees, false, "DKK"),
                Rates
            );
            if (fee.Amount is not { } amount)
                continue;
            total += amount;
            fees.Add(on);
        }

        Assert.Equal(new Money(610_00, "DKK"), total);
        Assert.Equal([Day("2026-02-02"), Day("2026-02-12"), Day("2026-02-22")], fees);
    }

    [Theory]
    [InlineData("DE", CustomerKind.Consumer, NotChargedReason.NoRule)]
    [InlineData("GB", CustomerKind.Business, NotChargedReason.NoRule)]
    [InlineData("FI", null, NotChargedReason.KindUnknown)]
    [InlineData("AT", CustomerKind.Business, NotChargedReason.NotVerified)]
    internal void Without_a_rule_there_is_no_fee(string code, CustomerKind? kind, NotChargedReason expected) =>
        Assert.Equal(expected, JurisdictionOf(code).FeeFor(kind, Day("2026-04-01")).WhyNot);

    [Theory]
    [InlineData("GB", CustomerKind.Consumer, NotChargedReason.NotForConsumers)]
    [InlineData("DE", null, NotChargedReason.KindUnknown)]
    [InlineData("US", CustomerKind.Business, NotChargedReason.NotVerified)]
    internal void Without_a_rule_there_is_no_interest(string code, CustomerKind? kind, NotChargedReason expected) =>
        Assert.Equal(expected, JurisdictionOf(code).InterestFor(kind, Day("2026-04-01")).WhyNot);

    [Fact]
    public void A_fee_in_another_currency_is_refused()
    {
        var facts = new FeeFacts(Day("2026-02-01"), Day("2026-03-02"), [], [], false, "EUR");

        Assert.Equal(
            NotChargedReason.CurrencyDiffers,
            ReminderFee.Decide(JurisdictionOf("DK").FeeFor(null, facts.On).Rule, facts, Rates).WhyNot
        );
    }

    [Theory]
    [InlineData("D17", "DK", null, "2026-03-02", "2026-03-12")]
    // Presumed to be delivered on Friday 6 March: the 14 days are 7 to 20 March.
    [InlineData("D20", "NL", CustomerKind.Consumer, "2026-03-04", "2026-03-20")]
    // Posted on Friday: delivered on Tuesday, because Sunday and Monday are without delivery.
    [InlineData("NL weekend", "NL", CustomerKind.Consumer, "2026-03-06", "2026-03-24")]
    // Posted on the Saturday before Easter: Monday is a holiday, too, so that it is delivered on Tuesday.
    [InlineData("NL Easter", "NL", CustomerKind.Consumer, "2026-04-04", "2026-04-21")]
    [InlineData("SE", "SE", null, "2026-03-02", "2026-03-10")]
    [InlineData("NO", "NO", null, "2026-03-02", "2026-03-16")]
    [InlineData("GB", "GB", CustomerKind.Consumer, "2026-03-02", "2026-04-01")]
    [InlineData("DE", "DE", null, "2026-03-02", null)]
    public void A_letter_before_collection_gives_at_least_the_time_of_the_law(
        string id,
        string code,
        CustomerKind? kind,
        string sentOn,
        string? expected
    )
    {
        var rule = JurisdictionOf(code).PreCollectionNoticeFor(kind, Day(sentOn)).Rule!;
        var deadline = PreCollectionNotice.EarliestDeadline(rule, Day(sentOn), day => day == Day("2026-04-06"));

        Assert.Equal((id, expected), (id, deadline?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(
            deadline?.AddDays(1),
            PreCollectionNotice.EarliestCosts(rule, Day(sentOn), day => day == Day("2026-04-06"))
        );
    }

    private static FixedSumDecision SumOf(string code, Money principal, string lateOn) =>
        FixedSum.Of(
            JurisdictionOf(code).FixedSumFor(CustomerKind.Business, Day(lateOn)).Rule,
            principal,
            Day(lateOn),
            Rates
        );

    private static FeeDecision FeeOf(
        string code,
        CustomerKind? kind,
        string due,
        string on,
        string earlierFees,
        string earlierReminders,
        bool isAgreed = false
    )
    {
        var rule = JurisdictionOf(code).FeeFor(kind, Day(on)).Rule!;
        var facts = new FeeFacts(Day(due), Day(on), Days(earlierFees), Days(earlierReminders), isAgreed, rule.Currency);
        return ReminderFee.Decide(rule, facts, Rates);
    }

    private static List<DateOnly> Days(string days) =>
        [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Day)];
}
