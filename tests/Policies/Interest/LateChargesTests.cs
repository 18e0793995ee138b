using System.Globalization;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>What may be charged on <see cref="LateInvoice"/> on a day, or why not.</summary>
public sealed class LateChargesTests
{
    [Fact]
    public void Interest_begins_on_the_day_after_the_due_date()
    {
        Assert.Empty(new LateInvoice().On("2026-02-02").Possible);
        Assert.Equal(("10.27", null), new LateInvoice().Of(ChargeKind.Interest, "2026-02-03"));
        Assert.Equal(("308.10", null), new LateInvoice().Of(ChargeKind.Interest, "2026-03-04"));
    }

    [Fact]
    public void A_new_rate_applies_from_the_half_year_on() =>
        // 8 days of June and 11 of July: 82.16 + 115.72.
        Assert.Equal(("197.88", null), new LateInvoice(due: "2026-06-22").Of(ChargeKind.Interest, "2026-07-11"));

    [Fact]
    public void A_business_owes_a_fixed_sum_and_no_fee_in_Germany()
    {
        Assert.Equal(("40.00", null), new LateInvoice().Of(ChargeKind.FixedSum, "2026-02-03"));
        Assert.Equal((null, NotChargedReason.NoRule), new LateInvoice().Of(ChargeKind.ReminderFee, "2026-02-03"));
    }

    [Fact]
    public void A_consumer_owes_less_interest_and_no_fixed_sum()
    {
        var consumer = new LateInvoice(kind: CustomerKind.Consumer);

        // 1.27 + 5 = 6.27 a day.
        Assert.Equal(("188.10", null), consumer.Of(ChargeKind.Interest, "2026-03-04"));
        Assert.Equal((null, NotChargedReason.NotForConsumers), consumer.Of(ChargeKind.FixedSum, "2026-03-04"));
    }

    [Theory]
    // Of a customer of the same country only the kind is missing.
    [InlineData("DE", "DE", null, NotChargedReason.KindUnknown)]
    [InlineData("DE", "FR", null, NotChargedReason.LawUnknown)]
    [InlineData("BR", "DE", CustomerKind.Business, NotChargedReason.LawUnknown)]
    // The Austrian rules are not verified.
    [InlineData("AT", "DE", CustomerKind.Business, NotChargedReason.NotVerified)]
    public void Where_the_law_or_the_kind_is_not_known_nothing_is_charged(
        string creditor,
        string country,
        CustomerKind? kind,
        NotChargedReason whyNot
    )
    {
        var late = new LateInvoice(creditor: creditor, country: country, kind: kind);

        Assert.Equal((null, whyNot), late.Of(ChargeKind.Interest, "2026-03-04"));
        Assert.Equal((null, whyNot), late.Of(ChargeKind.FixedSum, "2026-03-04"));
        Assert.Empty(late.On("2026-03-04").Allowed);
    }

    [Fact]
    public void Nothing_is_charged_while_the_invoice_is_in_dispute()
    {
        var disputed = new LateInvoice().With(dunning =>
            dunning with
            {
                Dispute = new Dispute(DisputeReason.Reported, Time("2026-02-20T10:00Z")),
            }
        );

        Assert.Equal(("308.10", NotChargedReason.Disputed), disputed.Of(ChargeKind.Interest, "2026-03-04"));
        Assert.Equal(("40.00", NotChargedReason.Disputed), disputed.Of(ChargeKind.FixedSum, "2026-03-04"));
        Assert.Empty(disputed.On("2026-03-04").Allowed);
    }

    [Fact]
    public void Interest_that_was_charged_or_waived_is_not_charged_again()
    {
        // 308.10 - 102.70.
        Assert.Equal(
            ("205.40", null),
            new LateInvoice().Charged(ChargeKind.Interest, "102.70", "2026-02-12").Of(ChargeKind.Interest, "2026-03-04")
        );
        Assert.Equal(
            ("205.40", null),
            new LateInvoice().Waived(ChargeKind.Interest, "102.70", "2026-02-12").Of(ChargeKind.Interest, "2026-03-04")
        );
    }

    [Fact]
    public void A_fixed_sum_is_charged_once_even_if_it_was_waived()
    {
        Assert.Equal(
            ("40.00", NotChargedReason.TooMany),
            new LateInvoice().Charged(ChargeKind.FixedSum, "40.00", "2026-02-12").Of(ChargeKind.FixedSum, "2026-03-04")
        );
        Assert.Equal(
            ("40.00", NotChargedReason.TooMany),
            new LateInvoice().Waived(ChargeKind.FixedSum, "40.00", "2026-02-12").Of(ChargeKind.FixedSum, "2026-03-04")
        );
    }

    [Fact]
    public void A_payment_on_a_day_lowers_the_interest_of_the_days_after_it() =>
        // 10 days at 10.27, and 20 days at 55 % of it: 102.70 + 112.97.
        Assert.Equal(
            ("215.67", null),
            new LateInvoice().Paid("16425.00", "2026-02-12").Of(ChargeKind.Interest, "2026-03-04")
        );

    [Fact]
    public void A_credit_note_lowers_the_interest_of_the_days_after_it() =>
        Assert.Equal(
            ("215.67", null),
            new LateInvoice().Credited("16425.00", "2026-02-12").Of(ChargeKind.Interest, "2026-03-04")
        );

    [Fact]
    public void A_payment_settles_what_was_charged_before_the_principal() =>
        // 132.43 of charges leave 16,425.00 for the principal: the 215.67 of above, less the 92.43 that were charged.
        Assert.Equal(
            ("123.24", null),
            new LateInvoice()
                .Charged(ChargeKind.Interest, "92.43", "2026-02-11")
                .Charged(ChargeKind.FixedSum, "40.00", "2026-02-11")
                .Paid("16557.43", "2026-02-12")
                .Of(ChargeKind.Interest, "2026-03-04")
        );

    [Fact]
    public void An_extension_that_was_agreed_late_keeps_the_interest_of_the_days_before() =>
        // 3 to 20 February, then from 21 March on: 18 + 10 days.
        Assert.Equal(
            ("287.56", null),
            new LateInvoice()
                .Agreed(new() { Extension = new(Day("2026-03-20"), Time("2026-02-20T10:00Z")) })
                .Of(ChargeKind.Interest, "2026-03-30")
        );

    [Fact]
    public void Of_a_plan_that_was_agreed_late_only_the_late_part_bears_interest() =>
        // 18 days on all of it, then 3 to 12 March on half of it: 184.86 + 51.35.
        Assert.Equal(
            ("236.21", null),
            new LateInvoice()
                .Agreed(
                    new()
                    {
                        Plan = new PaymentPlan([
                            new PlanPart(1, Eur(18_250_00), Day("2026-03-02")),
                            new PlanPart(2, Eur(18_250_00), Day("2026-04-01")),
                        ])
                        {
                            Count = 2,
                            AgreedAt = Time("2026-02-20T10:00Z"),
                        },
                    }
                )
                .Of(ChargeKind.Interest, "2026-03-12")
        );

    [Theory]
    // Sunday, 1 March 2026: the German due date moves to Monday (§ 193 BGB).
    [InlineData("DE", "2026-03-01", "2026-03-02", null)]
    [InlineData("DE", "2026-03-01", "2026-03-03", "10.27")]
    // Good Friday and Easter: Tuesday, 7 April, is the next working day.
    [InlineData("DE", "2026-04-03", "2026-04-07", null)]
    [InlineData("DE", "2026-04-03", "2026-04-08", "10.27")]
    // In the Netherlands it stays: 2.15 + 8 = 10.15 a day.
    [InlineData("NL", "2026-03-01", "2026-03-02", "10.15")]
    public void A_due_date_on_a_day_off_moves_where_the_law_says_so(
        string country,
        string due,
        string on,
        string? interest
    )
    {
        var possible = new LateInvoice(creditor: country, country: country, due: due).On(on).Possible;

        Assert.Equal(interest, possible.FirstOrDefault(c => c.Kind is ChargeKind.Interest)?.Amount?.ToDecimalString());
    }

    [Fact]
    public void Past_the_last_known_rate_nothing_is_charged()
    {
        var charges = new LateInvoice(due: "2026-12-22").On("2027-01-10");

        // 9 days of December at 10.52 are known.
        Assert.Equal(Eur(94_68), charges.Interest!.Total);
        Assert.Equal(
            (Day("2027-01-01"), Day("2027-01-10")),
            (charges.Interest.UnknownFrom, charges.Interest.UnknownUntil)
        );
        Assert.Equal(
            ("94.68", NotChargedReason.RateUnknown),
            new LateInvoice(due: "2026-12-22").Of(ChargeKind.Interest, "2027-01-10")
        );
    }

    [Fact]
    public void Past_the_last_known_rate_it_goes_on_where_the_policy_says_so() =>
        // 19 days at 10.52.
        Assert.Equal(
            ("199.88", null),
            new LateInvoice("""{ "useLastKnownRate": true }""", due: "2026-12-22").Of(ChargeKind.Interest, "2027-01-10")
        );

    [Theory]
    [InlineData("DE", CustomerKind.Business, "8.5", "255.00", null)]
    // In France at least three times the legal rate of 2.62: 7.86.
    [InlineData("FR", CustomerKind.Business, "7.85", "0.00", NotChargedReason.BelowFloor)]
    [InlineData("FR", CustomerKind.Business, "7.86", "235.80", null)]
    // In Finland a consumer owes at most the law's 2.5 + 7 = 9.5.
    [InlineData("FI", CustomerKind.Consumer, "9.6", "0.00", NotChargedReason.AboveLegalRate)]
    [InlineData("FI", CustomerKind.Consumer, "9.5", "285.00", null)]
    public void A_rate_of_the_contract_takes_the_place_of_the_laws_within_its_limits(
        string country,
        CustomerKind kind,
        string percent,
        string amount,
        NotChargedReason? whyNot
    ) =>
        Assert.Equal(
            (amount, whyNot),
            new LateInvoice(
                $$"""{ "interestPercent": {{percent}} }""",
                creditor: country,
                country: country,
                kind: kind
            ).Of(ChargeKind.Interest, "2026-03-04")
        );

    [Fact]
    public void VAT_that_the_creditor_cannot_deduct_is_added_to_the_Dutch_fixed_sum()
    {
        // 15 % of 100.00 is below the least, 40.00; with 21 % VAT it is 48.40.
        static LateInvoice Dutch(string terms) => new(terms, creditor: "NL", country: "NL", amount: "100.00");

        Assert.Equal(("40.00", null), Dutch("{}").Of(ChargeKind.FixedSum, "2026-03-04"));
        Assert.Equal(("48.40", null), Dutch("""{ "vatNotDeductible": true }""").Of(ChargeKind.FixedSum, "2026-03-04"));
    }

    [Fact]
    public void A_Dutch_consumer_owes_costs_only_when_the_time_of_the_letter_has_passed()
    {
        var consumer = new LateInvoice(creditor: "NL", country: "NL", kind: CustomerKind.Consumer, amount: "100.00");
        var warned = consumer.With(dunning =>
            dunning with
            {
                PreCollectionNotice = new(LateInvoice.NoticeAt("2026-02-12"), Day("2026-02-12"), Day("2026-03-03")),
            }
        );

        Assert.Equal((null, NotChargedReason.NoticeMissing), consumer.Of(ChargeKind.FixedSum, "2026-03-04"));
        Assert.Equal((null, NotChargedReason.NoticeMissing), warned.Of(ChargeKind.FixedSum, "2026-03-03"));
        Assert.Equal(("40.00", null), warned.Of(ChargeKind.FixedSum, "2026-03-04"));
    }

    [Fact]
    public void A_fixed_sum_in_another_currency_is_not_converted() =>
        Assert.Equal(
            (null, NotChargedReason.CurrencyDiffers),
            new LateInvoice(creditor: "GB", country: "GB").Of(ChargeKind.FixedSum, "2026-03-04")
        );

    [Fact]
    public void A_Danish_fee_waits_ten_days_after_the_last_fee()
    {
        var charged = Danish().Charged(ChargeKind.ReminderFee, "100.00", "2026-03-04");

        Assert.Equal(("100.00", null), Danish().Of(ChargeKind.ReminderFee, "2026-03-04"));
        Assert.Equal((null, NotChargedReason.TooSoonAfterReminder), charged.Of(ChargeKind.ReminderFee, "2026-03-13"));
        Assert.Equal(
            "2026-03-14",
            charged
                .On("2026-03-13")
                .Possible.Single(charge => charge.Kind is ChargeKind.ReminderFee)
                .EarliestOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        Assert.Equal(("100.00", null), charged.Of(ChargeKind.ReminderFee, "2026-03-14"));
    }

    [Fact]
    public void A_Finnish_fee_waits_after_the_last_reminder_and_not_for_that_of_today()
    {
        // 14 days between reminders to a consumer.
        var consumer = new LateInvoice(creditor: "FI", country: "FI", kind: CustomerKind.Consumer).With(dunning =>
            dunning with
            {
                RemindedOn = [Day("2026-02-20"), Day("2026-03-06")],
            }
        );

        Assert.Equal(("5.00", null), consumer.Of(ChargeKind.ReminderFee, "2026-03-06"));
        Assert.Equal((null, NotChargedReason.TooSoonAfterReminder), consumer.Of(ChargeKind.ReminderFee, "2026-03-19"));
        Assert.Equal(("5.00", null), consumer.Of(ChargeKind.ReminderFee, "2026-03-20"));
    }

    [Fact]
    public void A_Swedish_fee_must_have_been_agreed_and_is_charged_once()
    {
        var agreed = Swedish("""{ "agreed": ["reminderFee"] }""");

        Assert.Equal((null, NotChargedReason.NotAgreed), Swedish().Of(ChargeKind.ReminderFee, "2026-03-04"));
        Assert.Equal(("60.00", null), agreed.Of(ChargeKind.ReminderFee, "2026-03-04"));
        Assert.Equal(
            (null, NotChargedReason.TooMany),
            agreed.Charged(ChargeKind.ReminderFee, "60.00", "2026-02-12").Of(ChargeKind.ReminderFee, "2026-03-04")
        );
        // What was waived was not charged.
        Assert.Equal(
            ("60.00", null),
            agreed.Waived(ChargeKind.ReminderFee, "60.00", "2026-02-12").Of(ChargeKind.ReminderFee, "2026-03-04")
        );
    }

    [Fact]
    public void In_Sweden_either_the_fixed_sum_or_the_fee_is_charged()
    {
        var agreed = Swedish("""{ "agreed": ["reminderFee"] }""");

        Assert.Equal(
            ("60.00", NotChargedReason.TooMany),
            agreed.Charged(ChargeKind.FixedSum, "450.00", "2026-02-12").Of(ChargeKind.ReminderFee, "2026-03-04")
        );
        Assert.Equal(
            ("450.00", NotChargedReason.TooMany),
            agreed.Charged(ChargeKind.ReminderFee, "60.00", "2026-02-12").Of(ChargeKind.FixedSum, "2026-03-04")
        );
    }

    [Fact]
    public void Paid_late_the_interest_up_to_the_payment_may_still_be_charged() =>
        // 10 days.
        Assert.Equal(
            ("102.70", null),
            new LateInvoice().Paid("36500.00", "2026-02-12").Of(ChargeKind.Interest, "2026-03-04")
        );

    [Theory]
    [InlineData(ClosedAs.Void)]
    [InlineData(ClosedAs.Replaced)]
    public void What_is_no_claim_bears_nothing(ClosedAs closed)
    {
        var late = new LateInvoice();

        Assert.Empty(
            (
                late with
                {
                    Invoice = late.Invoice with
                    {
                        Closed = new Closed(closed, Time("2026-03-01T10:00Z"), ClosedBy.Source),
                    },
                }
            )
                .On("2026-03-04")
                .Possible
        );
    }

    [Fact]
    public void A_credit_note_bears_nothing()
    {
        var late = new LateInvoice();

        Assert.Empty(
            (late with { Invoice = late.Invoice.WithDocument(d => d with { Kind = InvoiceKind.CreditNote }) })
                .On("2026-03-04")
                .Possible
        );
    }

    private static LateInvoice Danish() => new(creditor: "DK", country: "DK", amount: "5000.00", currency: "DKK");

    private static LateInvoice Swedish(string terms = "{}") =>
        new(terms, creditor: "SE", country: "SE", amount: "20000.00", currency: "SEK");
}
