using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class PreSendCheckTests
{
    private static readonly DateTimeOffset Now = TestData.Time("2026-02-17T09:00Z");
    private static readonly Invoice Firm = TestData.Invoice("2026-02-02", "1") with { Step = "third" };
    private static readonly Invoice Light = TestData.Invoice("2026-02-12", "2") with { Step = "first" };

    [Fact]
    public void What_is_still_owed_is_asked_for()
    {
        var check = Check(Reminder(Firm, Light), Firm, Light);

        Assert.Equal(NoticeTone.Firm, check.Tone);
        Assert.Equal([Firm, Light], check.Invoices.Select(i => i.Value));
        Assert.Empty(check.Dropped);
        Assert.Null(check.Until);
    }

    public static TheoryData<Invoice, string> NotAskedFor =>
        new()
        {
            { Firm with { Paid = TestData.Eur(119_00) }, "nothing is owed" },
            { Firm with { Dispute = new("wrong", Now) }, "the invoice is in dispute" },
            { Firm with { Hold = new("promised", Now, null) }, "the invoice is on hold: promised" },
            { Firm with { PaymentsSeen = ["evt_1"] }, "a payment has been reported and is being applied" },
            { Firm with { Pending = new("pi_1", Now.AddMinutes(1)) }, "a payment is on its way" },
            { Firm with { Closed = new(ClosedAs.Settled, Now, "paid") }, "the invoice is settled" },
            { Firm with { Closed = new(ClosedAs.Void, Now, "wrong") }, "the invoice is void" },
            { Firm with { Closed = new(ClosedAs.WrittenOff, Now, "old") }, "the invoice is writtenoff" },
        };

    [Theory]
    [MemberData(nameof(NotAskedFor))]
    public void What_changed_since_the_plan_is_not_asked_for_and_the_reason_is_told(Invoice changed, string reason)
    {
        var check = changed.Closed is null ? Check(Reminder(Firm), changed) : Check(Reminder(Firm), [], [changed]);

        Assert.Empty(check.Invoices);
        Assert.Equal([new ExcludedInvoice(Firm.Id.Invoice, reason)], check.Dropped);
    }

    [Fact]
    public void Money_that_was_on_its_way_too_long_is_asked_for_again() =>
        Assert.Single(Check(Reminder(Firm), Firm with { Pending = new("pi_1", Now) }).Invoices);

    [Fact]
    public void An_invoice_that_is_gone_is_not_asked_for() =>
        Assert.Equal([new ExcludedInvoice(Firm.Id.Invoice, "the invoice is gone")], Check(Reminder(Firm)).Dropped);

    [Fact]
    public void When_the_firmest_is_paid_the_tone_is_that_of_the_rest()
    {
        var check = Check(Reminder(Firm, Light), [Light], [Firm with { Closed = new(ClosedAs.Settled, Now, "paid") }]);

        Assert.Equal(NoticeTone.Friendly, check.Tone);
        Assert.Equal([Light], check.Invoices.Select(i => i.Value));
        Assert.Equal([new ExcludedInvoice(Firm.Id.Invoice, "the invoice is settled")], check.Dropped);
    }

    [Fact]
    public void Whatever_else_is_overdue_is_listed_oldest_first_and_what_is_not_is_not()
    {
        var older = TestData.Invoice("2026-01-12", "older");
        var notDue = TestData.Invoice("2026-02-17", "due today");
        var held = TestData.Invoice("2026-01-12", "held") with { Hold = new("promised", Now, null) };
        var paying = TestData.Invoice("2026-01-12", "paying") with { PaymentsSeen = ["evt_1"] };
        var disputed = TestData.Invoice("2026-01-12", "disputed") with { Dispute = new("wrong", Now) };
        var disputedAndPaid = disputed with
        {
            Id = InvoiceId.Of(TestData.CustomerId, "api", "both"),
            Paid = TestData.Eur(119_00),
        };

        var check = Check(Reminder(Light), Light, older, notDue, held, paying, disputed, disputedAndPaid);

        Assert.Equal([older, Light], check.Invoices.Select(i => i.Value));
        Assert.Equal([disputed], check.Disputed.Select(i => i.Value));
    }

    [Fact]
    public void What_else_is_overdue_is_no_reason_to_write_when_the_planned_ones_are_paid() =>
        Assert.Empty(Check(Reminder(Light), Firm, Light with { Paid = TestData.Eur(119_00) }).Invoices);

    [Fact]
    public void No_more_are_listed_than_one_claim_can_hold()
    {
        var many = Enumerable
            .Range(0, 60)
            .Select(n => TestData.Invoice("2026-01-12", $"n{n}") with { Step = "first" })
            .ToArray();

        Assert.Equal(PreSendCheck.MaxListed, Check(Reminder(many[0]), many).Invoices.Count);
    }

    [Fact]
    public void However_many_others_are_overdue_the_planned_one_is_among_those_listed()
    {
        var many = Enumerable.Range(0, 60).Select(n => TestData.Invoice("2026-01-12", $"n{n}"));

        Assert.Contains(Check(Reminder(Light), [.. many, Light]).Invoices, i => i.Value == Light);
    }

    [Theory]
    [InlineData(Channel.Email, "2026-02-17T18:00Z", "2026-02-18T08:00Z")]
    [InlineData(Channel.Sms, "2026-02-17T08:30Z", "2026-02-17T09:00Z")]
    [InlineData(Channel.Email, "2026-02-21T12:00Z", "2026-02-23T08:00Z")]
    public void Outside_its_window_a_message_waits(Channel channel, string now, string until)
    {
        var check = PreSendCheck.Check(
            Reminder(Firm) with
            {
                Channel = channel,
            },
            TestData.Book(TestData.Customer(), Firm),
            [],
            Rules.Default,
            TestData.Time(now)
        );

        Assert.Equal(TestData.Time(until), check.Until);
        Assert.Empty(check.Invoices);
        Assert.Empty(check.Dropped);
    }

    [Fact]
    public void Who_is_not_to_be_contacted_is_not()
    {
        var check = PreSendCheck.Check(
            Reminder(Firm),
            TestData.Book(TestData.Customer() with { DoNotContact = true }, Firm),
            [],
            Rules.Default,
            Now
        );

        Assert.Empty(check.Invoices);
        Assert.Equal([new ExcludedInvoice(Firm.Id.Invoice, "the customer is not to be contacted")], check.Dropped);
    }

    [Fact]
    public void Whoever_has_no_address_any_more_is_not_written_to()
    {
        var dead = TestData.Customer() with { DeadAddresses = ["ap@buyer.example"] };

        var check = PreSendCheck.Check(Reminder(Firm), TestData.Book(dead, Firm), [], Rules.Default, Now);

        Assert.Equal([new ExcludedInvoice(Firm.Id.Invoice, "there is no address any more")], check.Dropped);
    }

    [Theory]
    [InlineData("20260217-email", 1)]
    [InlineData("20260220-email", 0)]
    public void Two_reminders_of_one_ladder_never_arrive_together(string newest, int asked)
    {
        var customer = TestData.Customer() with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Email] = new(newest, TestData.Day("2026-02-20"), NoticeTone.Firm),
            },
        };

        Assert.Equal(
            asked,
            PreSendCheck.Check(Reminder(Firm), TestData.Book(customer, Firm), [], Rules.Default, Now).Invoices.Count
        );
    }

    [Fact]
    public void A_message_that_comes_before_its_time_waits() =>
        Assert.Equal(Now.AddMinutes(5), Check(Reminder(Firm) with { NotBefore = Now.AddMinutes(5) }, Firm).Until);

    [Fact]
    public void A_courtesy_does_not_name_what_is_overdue()
    {
        var upcoming = TestData.Invoice("2026-02-24", "upcoming") with { Step = "courtesy" };

        Assert.Equal(
            [upcoming],
            Check(Reminder(upcoming) with { Tone = NoticeTone.Upcoming }, upcoming, Firm).Invoices.Select(i => i.Value)
        );
    }

    [Theory]
    [InlineData("2026-02-17", true)]
    [InlineData("2026-02-16", false)]
    public void A_courtesy_that_comes_after_the_due_date_is_not_sent(string due, bool sent)
    {
        var upcoming = TestData.Invoice(due, "upcoming") with { Step = "courtesy" };

        var check = Check(Reminder(upcoming) with { Tone = NoticeTone.Upcoming }, upcoming);

        Assert.Equal(sent, check.Invoices.Count == 1);
        Assert.Equal(sent ? [] : ["the due date has gone by"], check.Dropped.Select(d => d.Reason));
    }

    [Fact]
    public void Thanks_are_given_only_while_it_is_settled()
    {
        var settled = Firm with { Closed = new(ClosedAs.Settled, Now, "paid") };
        var thanks = Reminder(Firm) with { Tone = NoticeTone.ThankYou };

        Assert.Equal([settled], Check(thanks, [], [settled]).Invoices.Select(i => i.Value));
        Assert.Empty(Check(thanks, [Firm], []).Invoices);
        Assert.Empty(Check(thanks, [], []).Invoices);
        Assert.Empty(Check(thanks, [], [Firm with { Closed = new(ClosedAs.Void, Now, "wrong") }]).Invoices);
        Assert.Equal("the invoice is no longer settled", Assert.Single(Check(thanks, [Firm], []).Dropped).Reason);
    }

    [Fact]
    public void Thanks_for_two_are_given_for_the_one_that_is_still_settled()
    {
        var settled = Firm with { Closed = new(ClosedAs.Settled, Now, "paid") };

        var check = Check(Reminder(Firm, Light) with { Tone = NoticeTone.ThankYou }, [Light], [settled]);

        Assert.Equal([settled], check.Invoices.Select(i => i.Value));
        Assert.Equal([new ExcludedInvoice(Light.Id.Invoice, "the invoice is no longer settled")], check.Dropped);
    }

    [Fact]
    public void What_another_ladder_has_taken_over_is_not_said_by_the_old_one() =>
        Assert.Equal(
            [new ExcludedInvoice(Firm.Id.Invoice, "the invoice is on another ladder now")],
            PreSendCheck
                .Check(
                    Reminder(Firm),
                    TestData.Book(TestData.Customer(), Firm with { Policy = new("gentle", 1) }),
                    [],
                    Rules.WithPolicies(
                        """[{"name":"gentle","version":1,"steps":[{"id":"once","days":9,"tone":"friendly","channels":["email"]}]}]"""
                    ),
                    Now
                )
                .Dropped
        );

    [Fact]
    public void A_task_for_our_own_person_is_given_at_any_hour_while_something_is_owed()
    {
        var task = Reminder(Firm) with { Tone = NoticeTone.FollowUp, FollowUp = "call" };
        var night = TestData.Time("2026-02-21T23:00Z");

        Assert.Equal(
            [Firm],
            PreSendCheck
                .Check(task, TestData.Book(TestData.Customer(), Firm), [], Rules.Default, night)
                .Invoices.Select(i => i.Value)
        );
        Assert.Empty(
            PreSendCheck
                .Check(
                    task,
                    TestData.Book(TestData.Customer(), Firm with { Paid = TestData.Eur(119_00) }),
                    [],
                    Rules.Default,
                    night
                )
                .Invoices
        );
        Assert.Equal("the invoice is closed", Assert.Single(Check(task).Dropped).Reason);
        Assert.Single(Check(task, Firm with { Hold = new("waits for approval", Now, null, "final") }).Invoices);
        Assert.Equal(
            "there is no account manager",
            Assert
                .Single(
                    PreSendCheck
                        .Check(
                            task,
                            TestData.Book(TestData.Customer(), Firm),
                            [],
                            Rules.Default with
                            {
                                AccountManager = null,
                            },
                            Now
                        )
                        .Dropped
                )
                .Reason
        );
    }

    private static PreSendResult Check(Notice notice, params Invoice[] live) => Check(notice, live, []);

    private static PreSendResult Check(Notice notice, Invoice[] live, Invoice[] closed) =>
        PreSendCheck.Check(
            notice,
            TestData.Book(TestData.Customer(), live),
            [.. closed.Select(TestData.Stored)],
            Rules.Default,
            Now
        );

    private static Notice Reminder(params Invoice[] invoices) =>
        new()
        {
            Id = "20260217-email",
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Firm,
            Lines = [.. invoices.Select(i => new NoticeLine(i.Id.Invoice, i.Step))],
            PlannedAt = Now,
            NotBefore = Now,
        };
}
