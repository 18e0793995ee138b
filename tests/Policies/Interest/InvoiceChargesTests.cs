using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// What the messages of <see cref="LateInvoice"/> announce, charge and show: the first is planned for 5 February, the
/// second, which charges, for the 12th, the third, which shows, for the 22nd.
/// </summary>
public sealed class InvoiceChargesTests
{
    private static readonly IReadOnlyList<string> _ofTenDays = ["Interest 102.70", "FixedSum 40.00"];

    [Fact]
    public void The_message_before_names_what_the_next_one_will_charge_on_its_day()
    {
        var first = new LateInvoice().Message("first", "2026-02-05");

        Assert.Equal((new StepId("second"), Day("2026-02-12")), (first.Coming!.Step, first.Coming.On));
        Assert.Equal(_ofTenDays, Lines(first.Coming.Charges));
        Assert.Empty(first.Added);
        Assert.Empty(first.Outcomes);
        Assert.Empty(first.Open);
        Assert.Null(first.Computation);
    }

    [Fact]
    public void A_message_that_is_late_announces_the_figures_of_the_day_that_is_left() =>
        // Three days must lie between two messages: 21 days of interest.
        Assert.Equal(
            ("2026-02-23", "215.67"),
            new LateInvoice().Message("first", "2026-02-20").Coming is { } coming
                ? ($"{coming.On:yyyy-MM-dd}", coming.Charges[0].Amount!.Value.ToDecimalString())
                : default
        );

    [Fact]
    public void What_the_law_does_not_allow_is_not_announced() =>
        // 10 days at 6.27 from a consumer, and no fixed sum.
        Assert.Equal(
            ["Interest 62.70"],
            Lines(new LateInvoice(kind: CustomerKind.Consumer).Message("first", "2026-02-05").Coming!.Charges)
        );

    [Fact]
    public void Nothing_is_announced_when_nothing_may_be_charged()
    {
        Assert.Null(new LateInvoice(creditor: "AT").Message("first", "2026-02-05").Coming);
        Assert.Null(new LateInvoice(kind: null).Message("first", "2026-02-05").Coming);
        // What was charged already.
        Assert.Null(
            new LateInvoice()
                .Charged(ChargeKind.Interest, "102.70", "2026-02-04")
                .Waived(ChargeKind.FixedSum, "40.00", "2026-02-04")
                .Message("first", "2026-02-05")
                .Coming
        );
    }

    [Fact]
    public void What_was_announced_is_charged_with_what_it_rests_on()
    {
        var late = new LateInvoice().Announced("second", "2026-02-05");

        var second = late.Message("second", "2026-02-12");

        Assert.Equal(
            [(LedgerKind.LateInterest, Eur(102_70)), (LedgerKind.FixedSum, Eur(40_00))],
            second.Added.Select(entry => (entry.Kind, entry.Amount))
        );
        Assert.All(
            second.Added,
            entry =>
            {
                Assert.Equal((LedgerEntry.FromPolicy, Day("2026-02-12")), (entry.Provider, entry.ValueDate));
                Assert.Equal((entry.Amount, "DE"), (entry.Charge!.Amount, entry.Charge.Jurisdiction));
            }
        );
        Assert.Equal(["§ 288 (2) BGB", "§ 288 (5) BGB"], second.Added.Select(entry => entry.Charge!.LegalBasis));
        Assert.Equal([Day("2026-02-12"), null], second.Added.Select(entry => entry.Charge!.Until));
        Assert.Equal(
            [new(ChargeKind.Interest, Eur(102_70), Day("2026-02-12")), new(ChargeKind.FixedSum, Eur(40_00), null)],
            second.Open
        );
        Assert.Equal(Eur(102_70), second.Computation!.Total);
        Assert.All(second.Outcomes, outcome => Assert.Null(outcome.WhyNot));
    }

    [Fact]
    public void What_was_not_announced_is_not_charged_and_the_reason_is_kept()
    {
        var silent = new LateInvoice().Message("second", "2026-02-12");
        var otherwise = new LateInvoice().Announced("third", "2026-02-05").Message("second", "2026-02-12");

        foreach (var message in new[] { silent, otherwise })
        {
            Assert.Empty(message.Added);
            Assert.Empty(message.Open);
            Assert.Null(message.Computation);
            Assert.Equal(
                [NotChargedReason.NotAnnounced, NotChargedReason.NotAnnounced],
                message.Outcomes.Select(outcome => outcome.WhyNot)
            );
        }
    }

    [Fact]
    public void What_may_not_be_charged_on_the_day_itself_is_not_although_it_was_announced()
    {
        var announced = new LateInvoice().Announced("second", "2026-02-05");
        var disputed = announced.With(dunning =>
            dunning with
            {
                Dispute = new Dispute(DisputeReason.Reported, Time("2026-02-10T10:00Z")) { Amount = Eur(10_00) },
            }
        );
        var unknown = announced with { Customer = announced.Customer with { Kind = null } };

        Assert.Equal(
            [(ChargeKind.Interest, NotChargedReason.Disputed), (ChargeKind.FixedSum, NotChargedReason.Disputed)],
            Refused(disputed.Message("second", "2026-02-12"))
        );
        Assert.Equal(
            [(ChargeKind.Interest, NotChargedReason.KindUnknown), (ChargeKind.FixedSum, NotChargedReason.KindUnknown)],
            Refused(unknown.Message("second", "2026-02-12"))
        );
        Assert.Empty(disputed.Message("second", "2026-02-12").Added);
        Assert.Empty(unknown.Message("second", "2026-02-12").Added);
    }

    [Fact]
    public void Nobody_is_charged_nothing()
    {
        // All is paid on the due date: neither interest nor a reason against it.
        var paid = new LateInvoice().Announced("second", "2026-02-05").Paid("36500.00", "2026-02-02");

        Assert.Empty(paid.Message("second", "2026-02-12").Outcomes);
    }

    [Fact]
    public void Another_message_of_the_same_step_says_the_same_and_adds_nothing()
    {
        var late = new LateInvoice().Announced("second", "2026-02-05");

        var email = late.Message("second", "2026-02-12");
        var sms = late.Posted(email).Message("second", "2026-02-12", "sms");

        Assert.Empty(sms.Added);
        Assert.Empty(sms.Outcomes);
        Assert.Equal(email.Open, sms.Open);
    }

    [Fact]
    public void Two_messages_of_one_step_that_are_under_way_at_once_have_the_same_entries()
    {
        var late = new LateInvoice().Announced("second", "2026-02-05");

        Assert.Equal(
            late.Message("second", "2026-02-12").Added.Select(entry => (entry.Kind, entry.ObjectId)),
            late.Message("second", "2026-02-12", "sms").Added.Select(entry => (entry.Kind, entry.ObjectId))
        );
    }

    [Fact]
    public void A_message_that_announces_the_next_charge_leaves_that_of_its_own_step_to_the_other_channels()
    {
        var late = new LateInvoice(steps: TwoChargingSteps).Announced("second", "2026-02-05");
        var email = LateInvoice.NoticeAt("2026-02-12");
        var claimed = late.With(dunning =>
            dunning with
            {
                AnnouncedCharges = AnnouncedCharges.After(
                    dunning.AnnouncedCharges,
                    new(new StepId("third"), email) { Kinds = [ChargeKind.Interest] }
                ),
            }
        );

        Assert.Equal(_ofTenDays, Lines(claimed.Message("second", "2026-02-12", "sms").Added));
        // And to itself, when it is claimed once more after an attempt that failed.
        Assert.Equal(_ofTenDays, Lines(claimed.Message("second", "2026-02-12").Added));
        // Another plan of the same step is not covered.
        Assert.Empty(claimed.Message("second", "2026-02-16").Added);
        Assert.Equal(["Interest 205.40"], Lines(claimed.Message("third", "2026-02-22").Added).Take(1));
    }

    [Fact]
    public void What_the_announcement_did_not_name_is_not_charged()
    {
        var late = new LateInvoice().With(dunning =>
            dunning with
            {
                AnnouncedCharges = new(new StepId("second"), LateInvoice.NoticeAt("2026-02-05"))
                {
                    Kinds = [ChargeKind.Interest],
                },
            }
        );

        var charges = late.Message("second", "2026-02-12");

        Assert.Equal([LedgerKind.LateInterest], charges.Added.Select(entry => entry.Kind));
        Assert.Equal(
            NotChargedReason.NotAnnounced,
            charges.Outcomes.Single(outcome => outcome.Kind is ChargeKind.FixedSum).WhyNot
        );
    }

    [Fact]
    public void A_step_may_charge_and_announce_what_the_next_one_adds()
    {
        var second = new LateInvoice(steps: TwoChargingSteps)
            .Announced("second", "2026-02-05")
            .Message("second", "2026-02-12");

        Assert.Equal(_ofTenDays, Lines(second.Added));
        // Sunday, 22 February, moves to Monday: 11 more days.
        Assert.Equal(Day("2026-02-23"), second.Coming!.On);
        Assert.Equal(["Interest 112.97"], Lines(second.Coming.Charges));
    }

    [Fact]
    public void What_could_be_charged_is_shown_where_the_step_says_so()
    {
        var third = new LateInvoice().Message("third", "2026-02-22");

        Assert.Equal(["Interest 205.40", "FixedSum 40.00"], Lines(third.Shown));
        Assert.Equal(Eur(205_40), third.Computation!.Total);
        Assert.Empty(third.Added);
        Assert.Empty(third.Outcomes);
        Assert.Empty(new LateInvoice().Message("first", "2026-02-22").Shown);
    }

    [Fact]
    public void Of_what_was_charged_only_the_rest_is_shown()
    {
        var third = new LateInvoice()
            .Charged(ChargeKind.Interest, "102.70", "2026-02-12")
            .Charged(ChargeKind.FixedSum, "40.00", "2026-02-12")
            .Message("third", "2026-02-22");

        Assert.Equal(["Interest 102.70"], Lines(third.Shown));
        Assert.Equal([Eur(102_70), Eur(40_00)], third.Open.Select(charge => charge.Amount));
    }

    [Fact]
    public void What_was_paid_of_the_charges_is_not_open_any_more()
    {
        var third = new LateInvoice()
            .Charged(ChargeKind.Interest, "102.70", "2026-02-12")
            .Charged(ChargeKind.FixedSum, "40.00", "2026-02-12")
            .Paid("60.00", "2026-02-16")
            .Message("third", "2026-02-22");

        // 40.00 of costs first, then 20.00 of the interest.
        Assert.Equal([(ChargeKind.Interest, Eur(82_70))], third.Open.Select(charge => (charge.Kind, charge.Amount)));
    }

    [Fact]
    public void A_fee_that_is_not_charged_is_not_shown() =>
        Assert.DoesNotContain(
            new LateInvoice(creditor: "DK", country: "DK", amount: "5000.00", currency: "DKK")
                .Message("third", "2026-02-22")
                .Shown,
            charge => charge.Kind is ChargeKind.ReminderFee
        );

    [Fact]
    public void A_message_that_only_names_the_invoice_says_what_is_open_and_adds_nothing()
    {
        var late = new LateInvoice()
            .Announced("second", "2026-02-05")
            .Charged(ChargeKind.FixedSum, "40.00", "2026-02-12");

        var named = InvoiceCharges.Decide(
            late.ContextOn("2026-02-22"),
            late.Invoice,
            late.Ledger,
            step: null,
            LateInvoice.NoticeAt("2026-02-22")
        );

        Assert.Equal([ChargeKind.FixedSum], named.Open.Select(charge => charge.Kind));
        Assert.Empty(named.Added);
        Assert.Empty(named.Shown);
        Assert.Null(named.Coming);
    }

    [Theory]
    // It announces, it charges, it shows.
    [InlineData("first", true)]
    [InlineData("second", true)]
    [InlineData("third", true)]
    [InlineData("fourth", false)]
    public void The_ledger_is_read_only_for_a_message_that_says_something_of_charges(string step, bool expected)
    {
        var late = new LateInvoice(
            steps: LateInvoice.Steps.TrimEnd()[..^1]
                + """, { "id": "fourth", "days": 30, "tone": "firm", "channels": ["email"] }]"""
        );
        var context = late.ContextOn("2026-03-04");
        var found = context.PolicyOf(late.Invoice).Find(new StepId(step));

        Assert.Equal(expected, InvoiceCharges.NeedLedger(context, late.Invoice, found));
        Assert.True(
            InvoiceCharges.NeedLedger(context, late.Charged(ChargeKind.FixedSum, "40.00", "2026-02-12").Invoice, found)
        );
    }

    /// <summary>The third step charges, too: the second announces it.</summary>
    private const string TwoChargingSteps = """
        [{ "id": "first", "days": 3, "tone": "friendly", "channels": ["email"] },
         { "id": "second", "days": 10, "tone": "helpful", "channels": ["email", "sms"],
           "charge": ["interest", "fixedSum"] },
         { "id": "third", "days": 20, "tone": "firm", "channels": ["email"], "charge": ["interest", "fixedSum"] }]
        """;

    private static List<string> Lines(IEnumerable<PossibleCharge> charges) =>
        [.. charges.Select(charge => $"{charge.Kind} {charge.Amount!.Value.ToDecimalString()}")];

    private static List<string> Lines(IEnumerable<LedgerEntry> entries) =>
        [.. entries.Select(entry => $"{entry.Kind.ToChargeKind()} {entry.Amount.ToDecimalString()}")];

    private static List<(ChargeKind, NotChargedReason)> Refused(InvoiceCharges charges) =>
        [.. charges.Outcomes.Select(outcome => (outcome.Kind, outcome.WhyNot!.Value))];
}
