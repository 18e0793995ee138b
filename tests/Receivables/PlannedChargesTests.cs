using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Receivables;

/// <summary>119.00 EUR; an email and an SMS of one step charge 40.00 EUR, whichever was sent first.</summary>
public sealed class PlannedChargesTests
{
    private static readonly DateTimeOffset _now = Time("2026-02-12T09:00:20Z");
    private static readonly Invoice _invoice = Invoice();

    private static readonly LedgerEntry _entry = new(
        LedgerEntry.FromPolicy,
        "fixed-sum",
        LedgerKind.FixedSum,
        _invoice.Id.Invoice,
        Eur(40_00),
        Time("2026-02-12T09:00Z"),
        "20260212090000-email"
    )
    {
        Charge = new ChargeTerms(Eur(40_00), "DE", "§ 288 (5) BGB"),
    };

    private static readonly PlannedCharges _charged = new(
        _invoice.Id.Invoice,
        [_entry],
        [new ChargeOutcome(ChargeKind.FixedSum, Eur(40_00), null)]
    );

    private static readonly PlannedCharges _refused = new(
        _invoice.Id.Invoice,
        [],
        [new ChargeOutcome(ChargeKind.FixedSum, Eur(40_00), NotChargedReason.NotAnnounced)]
    );

    [Fact]
    public void What_a_sent_message_charges_is_owed()
    {
        var posted = Post(_charged, _invoice, [], "email")!;

        Assert.Equal(Eur(159_00), posted.One<Invoice>().OpenAmount);
        Assert.Equal(_entry, posted.One<LedgerEntry>());
        var told = posted.One<InvoiceEvent>();
        Assert.Equal((EventKind.Charged, Eur(159_00)), (told.Kind, told.Owed));
    }

    [Theory]
    // The process stopped before the outcome was recorded, and posts again.
    [InlineData("email")]
    // The other message of the step was decided before the first one was posted.
    [InlineData("sms")]
    public void It_is_charged_and_told_once(string channel)
    {
        var after = Post(_charged, _invoice, [], "email")!.One<Invoice>();

        Assert.Null(Post(_charged, after, [_entry], channel));
    }

    [Fact]
    public void What_a_person_waived_meanwhile_stays_waived()
    {
        var after = _invoice.WithDunning(dunning => dunning with { ChargedBy = NoticeOn("email").Id });

        Assert.Null(Post(_charged, after, [_entry with { Amount = Eur(0) }], "sms"));
    }

    [Fact]
    public void Why_a_step_charges_nothing_is_told_once()
    {
        var refused = Post(_refused, _invoice, [], "email")!;

        Assert.Equal([EventKind.NotCharged], refused.EventKinds());
        Assert.Empty(refused.All<LedgerEntry>());
        Assert.Equal(Eur(119_00), refused.One<Invoice>().OpenAmount);
        Assert.Null(Post(_refused, refused.One<Invoice>(), [], "sms"));
        // What the other message may charge all the same is charged.
        Assert.Equal(_entry, Post(_charged, refused.One<Invoice>(), [], "sms")!.One<LedgerEntry>());
    }

    [Fact]
    public void A_later_step_is_told_again()
    {
        var refused = Post(_refused, _invoice, [], "email")!.One<Invoice>();

        Assert.NotNull(_refused.Post(Versioned(refused), [], NoticeOn("email", "20260222090000"), _now));
    }

    [Fact]
    public void Interest_that_a_later_message_charged_while_this_one_was_in_doubt_is_not_charged_again()
    {
        var (earlier, later) = (InterestUntil("2026-02-12"), InterestUntil("2026-02-22"));
        var planned = new PlannedCharges(
            _invoice.Id.Invoice,
            [earlier],
            [new ChargeOutcome(ChargeKind.Interest, earlier.Amount, null)]
        );

        Assert.Equal([EventKind.NotCharged], Post(planned, _invoice, [later], "email")!.EventKinds());
        Assert.Equal(earlier, Post(planned, _invoice, [], "email")!.One<LedgerEntry>());
    }

    [Fact]
    public void What_a_message_announces_and_a_letter_that_it_is_count_once_it_was_sent()
    {
        var notice = NoticeOn("email").Id;
        var planned = new PlannedCharges(_invoice.Id.Invoice, [], [])
        {
            Announced = new AnnouncedCharges(new StepId("third"), notice) { Kinds = [ChargeKind.Interest] },
            PreCollectionNotice = new PreCollectionNoticeSent(notice, Day("2026-02-12"), Day("2026-02-22")),
            CreditReport = new CreditReport(notice, "Agency", Day("2026-02-22")),
        };

        var posted = Post(planned, _invoice, [], "email")!;

        var told = posted.One<Invoice>();
        Assert.Empty(posted.EventKinds());
        Assert.True(told.Dunning.AnnouncedCharges!.Covers(new StepId("third"), ChargeKind.Interest, notice));
        Assert.Equal(
            (planned.PreCollectionNotice, planned.CreditReport),
            (told.Dunning.PreCollectionNotice, told.Dunning.CreditReport)
        );
        // Repeated after a person has recorded the report.
        var reported = told.WithDunning(dunning =>
            dunning with
            {
                CreditReport = planned.CreditReport with { ReportedOn = Day("2026-03-02") },
            }
        );
        Assert.Equal(
            Day("2026-03-02"),
            (Post(planned, reported, [], "email")?.One<Invoice>() ?? reported).Dunning.CreditReport!.ReportedOn
        );
    }

    [Fact]
    public void What_was_paid_before_the_message_arrived_is_not_charged() =>
        Assert.Null(
            Post(_charged, _invoice with { Closed = new Closed(ClosedAs.Settled, _now, ClosedBy.Ledger) }, [], "email")
        );

    private static LedgerEntry InterestUntil(string day) =>
        _entry with
        {
            Kind = LedgerKind.LateInterest,
            ObjectId = $"interest-{day}",
            Charge = new ChargeTerms(Eur(40_00), "DE", "§ 288 (2) BGB") { Until = Day(day) },
        };

    private static CustomerTransaction? Post(
        PlannedCharges charges,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> ledger,
        string channel
    ) => charges.Post(Versioned(invoice), ledger, NoticeOn(channel), _now);

    private static Notice NoticeOn(string channel, string plan = "20260212090000") =>
        new()
        {
            Id = new($"{plan}-{channel}"),
            CustomerId = TestData.CustomerId,
            Channel = channel == "sms" ? Channel.Sms : Channel.Email,
            Tone = NoticeTone.Helpful,
            Lines = [new NoticeLine(_invoice.Id.Invoice, new StepId("second"))],
            PlannedAt = _now,
            NotBefore = _now,
        };
}
