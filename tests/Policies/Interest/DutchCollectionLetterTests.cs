using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;
using static Dunning.Tests.Policies.Interest.InterestFiles;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// A Dutch consumer owes EUR 3,000 since Monday 2 February 2026. The letter of art. 6:96 (6) BW names a date, stored
/// with the invoice; the costs by the scale may be charged only after it.
/// </summary>
public sealed class DutchCollectionLetterTests
{
    private static readonly DunningRules _rules = Rules.WithPolicies(
        """
        [{"name":"default","version":1,"lateCharges":{"customersAre":"consumer"},"steps":[
          {"id":"announce","days":7,"tone":"friendly","channels":["email"]},
          {"id":"charge","days":60,"tone":"firm","channels":["email"],"charge":["fixedSum"]}]}]
        """
    );

    [Theory]
    // Posted on Wednesday, delivered on Friday 6 March: the 14 days are 7 to 20 March.
    [InlineData("2026-03-04", "2026-03-20", null)]
    // Posted on Thursday, delivered on Saturday 7 March: 8 to 21 March.
    [InlineData("2026-03-05", "2026-03-21", null)]
    // The second day is a Sunday, and there is no delivery on Monday either: Tuesday 10 March, so 11 to 24 March.
    [InlineData("2026-03-06", "2026-03-24", null)]
    // The Friday is a holiday: Saturday 7 March, as if posted a day later.
    [InlineData("2026-03-04", "2026-03-21", "2026-03-06")]
    public void The_scale_is_chargeable_from_the_day_after_the_date_that_the_letter_names(
        string postedOn,
        string expected,
        string? holiday
    )
    {
        var rule = JurisdictionOf("NL").PreCollectionNoticeFor(CustomerKind.Consumer, Day(postedOn)).Rule!;
        var deadline = PreCollectionNotice.EarliestDeadline(
            rule,
            Day(postedOn),
            day => holiday is not null && day == Day(holiday)
        );
        Assert.Equal(Day(expected), deadline);
        var invoice = Reminded(new PreCollectionNoticeSent(new NoticeId("letter"), Day(postedOn), deadline!.Value));

        var (before, after) = (FixedSumOf(invoice, deadline.Value), FixedSumOf(invoice, deadline.Value.AddDays(1)));

        Assert.Equal((NotChargedReason.NoticeMissing, false), (before.WhyNot, before.IsAllowed));
        // 15 % of 2,500 and 10 % of the other 500: 375 + 50.
        Assert.Equal((Eur(425_00), null, true), (after.Amount, after.WhyNot, after.IsAllowed));
    }

    [Fact]
    public void Without_the_letter_it_is_never_chargeable() =>
        Assert.Equal(NotChargedReason.NoticeMissing, FixedSumOf(Reminded(notice: null), Day("2026-12-31")).WhyNot);

    [Fact]
    public void A_letter_that_did_not_arrive_was_not_sent()
    {
        var letter = new NoticeId("letter");
        var invoice = Reminded(new PreCollectionNoticeSent(letter, Day("2026-03-04"), Day("2026-03-20")));

        Assert.Equal(
            NotChargedReason.NoticeMissing,
            FixedSumOf(invoice.NotDelivered(letter), Day("2026-03-21")).WhyNot
        );
    }

    private static Invoice Reminded(PreCollectionNoticeSent? notice)
    {
        var invoice = TestData.Invoice();
        return invoice with
        {
            Document = invoice.Document with { AmountDue = Eur(3_000_00) },
            Payments = invoice.Payments with { OriginalAmount = Eur(3_000_00) },
            Dunning = invoice.Dunning with { PreCollectionNotice = notice },
        };
    }

    private static PossibleCharge FixedSumOf(Invoice invoice, DateOnly on) =>
        LateCharges
            .Of(
                new DunningContext(
                    Customer() with
                    {
                        Country = "NL",
                        TimeZone = "Europe/Amsterdam",
                    },
                    _rules,
                    new DateTimeOffset(on, new TimeOnly(9, 0), TimeSpan.Zero)
                ),
                invoice,
                entries: [],
                on
            )
            .Possible.Single(charge => charge.Kind is ChargeKind.FixedSum);
}
