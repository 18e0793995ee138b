using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class PreSendCheckTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-17T09:00Z");
    private static readonly Invoice _firm = TestData
        .Invoice("2026-02-02", "1")
        .WithDunning(dunning => dunning with { Step = new("third") });
    private static readonly Invoice _light = TestData
        .Invoice("2026-02-12", "2")
        .WithDunning(dunning => dunning with { Step = new("first") });

    [Fact]
    public void An_open_amount_is_demanded()
    {
        var check = Check(Reminder(_firm, _light), _firm, _light);

        Assert.Equal(NoticeTone.Firm, check.Tone);
        Assert.Equal([_firm, _light], check.Invoices.Select(i => i.Value));
        Assert.Empty(check.Excluded);
        Assert.Null(check.Until);
    }

    public static TheoryData<Invoice, DunningBlock> InvoicesNotDemanded =>
        new()
        {
            { _firm with { Payments = _firm.Payments with { Paid = TestData.Eur(119_00) } }, DunningBlock.NothingOwed },
            {
                _firm with
                {
                    Dunning = _firm.Dunning with { Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" } },
                },
                DunningBlock.Disputed
            },
            {
                _firm with
                {
                    Dunning = _firm.Dunning with { Hold = new(HoldReason.Requested, _now, null) { Text = "promised" } },
                },
                DunningBlock.OnHold
            },
            {
                _firm with
                {
                    Payments = _firm.Payments with { PendingPayments = ["evt_1"] },
                },
                DunningBlock.PaymentReported
            },
            {
                _firm with
                {
                    Payments = _firm.Payments with { Pending = new("pi_1", _now.AddMinutes(1)) },
                },
                DunningBlock.PaymentPending
            },
            { _firm with { Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger) }, DunningBlock.Settled },
            { _firm with { Closed = new(ClosedAs.Void, _now, ClosedBy.Person) }, DunningBlock.Void },
            { _firm with { Closed = new(ClosedAs.WrittenOff, _now, ClosedBy.Person) }, DunningBlock.WrittenOff },
        };

    [Theory]
    [MemberData(nameof(InvoicesNotDemanded))]
    public void Invoices_that_changed_since_planning_are_excluded_with_the_reason(Invoice changed, DunningBlock reason)
    {
        var check = changed.Closed is null ? Check(Reminder(_firm), changed) : Check(Reminder(_firm), [], [changed]);

        Assert.Empty(check.Invoices);
        Assert.Equal([new ExcludedInvoice(_firm.Id.Invoice, reason)], check.Excluded);
    }

    [Fact]
    public void A_payment_that_is_pending_too_long_is_demanded_again() =>
        Assert.Single(
            Check(
                Reminder(_firm),
                _firm with
                {
                    Payments = _firm.Payments with { Pending = new("pi_1", _now) },
                }
            ).Invoices
        );

    [Fact]
    public void An_invoice_that_no_longer_exists_is_not_demanded() =>
        Assert.Equal(
            [new ExcludedInvoice(_firm.Id.Invoice, DunningBlock.InvoiceMissing)],
            Check(Reminder(_firm)).Excluded
        );

    [Fact]
    public void When_the_firmest_is_paid_the_tone_is_that_of_the_rest()
    {
        var check = Check(
            Reminder(_firm, _light),
            [_light],
            [_firm with { Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger) }]
        );

        Assert.Equal(NoticeTone.Friendly, check.Tone);
        Assert.Equal([_light], check.Invoices.Select(i => i.Value));
        Assert.Equal([new ExcludedInvoice(_firm.Id.Invoice, DunningBlock.Settled)], check.Excluded);
    }

    [Fact]
    public void Whatever_else_is_overdue_is_listed_oldest_first_and_what_is_not_is_not()
    {
        var older = TestData.Invoice("2026-01-12", "older");
        var notDue = TestData.Invoice("2026-02-17", "due today");
        var held = TestData
            .Invoice("2026-01-12", "held")
            .WithDunning(dunning =>
                dunning with
                {
                    Hold = new(HoldReason.Requested, _now, null) { Text = "promised" },
                }
            );
        var paying = TestData
            .Invoice("2026-01-12", "paying")
            .WithPayments(payments => payments with { PendingPayments = ["evt_1"] });
        var disputed = TestData
            .Invoice("2026-01-12", "disputed")
            .WithDunning(dunning => dunning with { Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" } });
        var disputedAndPaid = disputed with
        {
            Payments = disputed.Payments with { Paid = TestData.Eur(119_00) },
            Id = InvoiceId.Create(TestData.CustomerId, "api", "both"),
        };

        var check = Check(Reminder(_light), _light, older, notDue, held, paying, disputed, disputedAndPaid);

        Assert.Equal([older, _light], check.Invoices.Select(i => i.Value));
        Assert.Equal([disputed], check.Disputed.Select(i => i.Value));
    }

    [Fact]
    public void What_else_is_overdue_is_no_reason_to_write_when_the_planned_ones_are_paid() =>
        Assert.Empty(
            Check(
                Reminder(_light),
                _firm,
                _light with
                {
                    Payments = _light.Payments with { Paid = TestData.Eur(119_00) },
                }
            ).Invoices
        );

    [Fact]
    public void Of_many_all_are_demanded_and_no_more_are_named_than_one_claim_can_hold()
    {
        var many = Enumerable
            .Range(0, 60)
            .Select(n =>
                TestData.Invoice("2026-01-12", $"n{n}").WithDunning(dunning => dunning with { Step = new("first") })
            )
            .ToArray();

        var check = Check(Reminder(many[0]), many);
        Assert.Equal((60, NoticeContent.MaxListed), (check.Invoices.Count, check.NamedIn(Reminder(many[0])).Count));
    }

    [Fact]
    public void However_many_others_are_overdue_the_planned_one_is_among_those_named()
    {
        var many = Enumerable.Range(0, 60).Select(n => TestData.Invoice("2026-01-12", $"n{n}"));

        var named = Check(Reminder(_light), [.. many, _light]).NamedIn(Reminder(_light));
        Assert.Equal((NoticeContent.MaxListed + 1, _light), (named.Count, named[^1].Value));
    }

    [Theory]
    [InlineData(Channel.Email, "2026-02-17T18:00Z", "2026-02-18T08:00Z")]
    [InlineData(Channel.Sms, "2026-02-17T08:30Z", "2026-02-17T09:00Z")]
    [InlineData(Channel.Email, "2026-02-21T12:00Z", "2026-02-23T08:00Z")]
    public void Outside_its_window_a_message_waits(Channel channel, string now, string until)
    {
        var check = Decisions.Check(
            Reminder(_firm) with
            {
                Channel = channel,
            },
            TestData.Account(TestData.Customer(), _firm),
            [],
            Rules.Default,
            TestData.Time(now)
        );

        Assert.Equal(TestData.Time(until), check.Until);
        Assert.Empty(check.Invoices);
        Assert.Empty(check.Excluded);
    }

    [Theory]
    // It waited over night for its provider.
    [InlineData("2026-02-16T09:00Z", "2026-02-18T00:00Z")]
    // Whoever has it sent on a quiet day wants that.
    [InlineData("2026-02-17T08:59Z", null)]
    public void On_a_quiet_day_of_its_policy_a_reminder_waits(string planned, string? until)
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"gentle","version":1,"quietDays":["02-17"],
              "steps":[{"id":"third","days":9,"tone":"firm","channels":["email"]}]}]
            """
        );
        var invoice = _firm with { Dunning = _firm.Dunning with { Policy = new("gentle", 1) } };
        var check = Decisions.Check(
            Reminder(_firm) with
            {
                PlannedAt = TestData.Time(planned),
            },
            TestData.Account(TestData.Customer(), invoice),
            [],
            rules,
            _now
        );

        Assert.Equal(until is null ? null : TestData.Time(until), check.Until);
        Assert.Equal(until is null ? null : EventReason.QuietDay, check.WhyWait);
    }

    [Fact]
    public void Who_is_not_to_be_contacted_is_not()
    {
        var check = Decisions.Check(
            Reminder(_firm),
            TestData.Account(TestData.Customer() with { DoNotContact = true }, _firm),
            [],
            Rules.Default,
            _now
        );

        Assert.Empty(check.Invoices);
        Assert.Equal([new ExcludedInvoice(_firm.Id.Invoice, DunningBlock.DoNotContact)], check.Excluded);
    }

    [Fact]
    public void A_customer_without_an_address_gets_no_message()
    {
        var dead = TestData.Customer() with { DeadAddresses = ["ap@buyer.example"] };

        var check = Decisions.Check(Reminder(_firm), TestData.Account(dead, _firm), [], Rules.Default, _now);

        Assert.Equal([new ExcludedInvoice(_firm.Id.Invoice, DunningBlock.AddressDead)], check.Excluded);
    }

    [Theory]
    [InlineData("20260217-email", 1)]
    [InlineData("20260220-email", 0)]
    public void Two_reminders_of_one_schedule_never_arrive_together(string newest, int asked)
    {
        var customer = TestData.Customer() with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Email] = new(new NoticeId(newest), TestData.Day("2026-02-20"), NoticeTone.Firm),
            },
        };

        Assert.Equal(
            asked,
            Decisions.Check(Reminder(_firm), TestData.Account(customer, _firm), [], Rules.Default, _now).Invoices.Count
        );
    }

    [Fact]
    public void A_message_that_comes_before_its_time_waits() =>
        Assert.Equal(_now.AddMinutes(5), Check(Reminder(_firm) with { NotBefore = _now.AddMinutes(5) }, _firm).Until);

    [Fact]
    public void A_courtesy_does_not_name_what_is_overdue()
    {
        var upcoming = TestData
            .Invoice("2026-02-24", "upcoming")
            .WithDunning(dunning => dunning with { Step = new("courtesy") });

        Assert.Equal(
            [upcoming],
            Check(Reminder(upcoming) with { Tone = NoticeTone.Upcoming }, upcoming, _firm).Invoices.Select(i => i.Value)
        );
    }

    [Theory]
    [InlineData("2026-02-17", true)]
    [InlineData("2026-02-16", false)]
    public void A_courtesy_that_comes_after_the_due_date_is_not_sent(string due, bool sent)
    {
        var upcoming = TestData
            .Invoice(due, "upcoming")
            .WithDunning(dunning => dunning with { Step = new("courtesy") });

        var check = Check(Reminder(upcoming) with { Tone = NoticeTone.Upcoming }, upcoming);

        Assert.Equal(sent, check.Invoices.Count == 1);
        Assert.Equal(sent ? [] : [DunningBlock.DueDatePassed], check.Excluded.Select(d => d.Reason));
    }

    [Fact]
    public void Thanks_are_given_only_while_it_is_settled()
    {
        var settled = _firm with { Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger) };
        var thanks = Reminder(_firm) with { Tone = NoticeTone.ThankYou };

        Assert.Equal([settled], Check(thanks, [], [settled]).Invoices.Select(i => i.Value));
        Assert.Empty(Check(thanks, [_firm], []).Invoices);
        Assert.Empty(Check(thanks, [], []).Invoices);
        Assert.Empty(Check(thanks, [], [_firm with { Closed = new(ClosedAs.Void, _now, ClosedBy.Person) }]).Invoices);
        Assert.Equal(DunningBlock.NoLongerSettled, Assert.Single(Check(thanks, [_firm], []).Excluded).Reason);
    }

    [Fact]
    public void Thanks_for_two_are_given_for_the_one_that_is_still_settled()
    {
        var settled = _firm with { Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger) };

        var check = Check(Reminder(_firm, _light) with { Tone = NoticeTone.ThankYou }, [_light], [settled]);

        Assert.Equal([settled], check.Invoices.Select(i => i.Value));
        Assert.Equal([new ExcludedInvoice(_light.Id.Invoice, DunningBlock.NoLongerSettled)], check.Excluded);
    }

    [Fact]
    public void A_notice_of_a_replaced_policy_is_not_sent() =>
        Assert.Equal(
            [new ExcludedInvoice(_firm.Id.Invoice, DunningBlock.StepRemovedFromPolicy)],
            Decisions
                .Check(
                    Reminder(_firm),
                    TestData.Account(
                        TestData.Customer(),
                        _firm with
                        {
                            Dunning = _firm.Dunning with { Policy = new("gentle", 1) },
                        }
                    ),
                    [],
                    Rules.WithPolicies(
                        """[{"name":"gentle","version":1,"steps":[{"id":"once","days":9,"tone":"friendly","channels":["email"]}]}]"""
                    ),
                    _now
                )
                .Excluded
        );

    [Fact]
    public void A_letter_of_the_last_steps_is_about_one_claim_and_not_sent_without_its_approval()
    {
        var rules = Rules.WithPolicies(
            """
            [{"name":"default","version":1,"steps":[{"id":"notice","days":9,"tone":"preCollectionNotice",
              "channels":["email"],"payByDays":10,"needsApproval":true}]}]
            """
        );
        var (approved, other) = (AtNotice("1", new("notice")), AtNotice("2", null));
        var account = TestData.Account(TestData.Customer(), approved, other);
        PreSendResult Letter(Invoice invoice) =>
            Decisions.Check(Reminder(invoice) with { Tone = NoticeTone.PreCollectionNotice }, account, [], rules, _now);

        Assert.Equal([approved], Letter(approved).Invoices.Select(invoice => invoice.Value));
        Assert.Equal([new ExcludedInvoice(other.Id.Invoice, DunningBlock.LetterNotAllowed)], Letter(other).Excluded);

        static Invoice AtNotice(string number, StepId? approval) =>
            TestData
                .Invoice("2026-02-02", number)
                .WithDunning(dunning => dunning with { Step = new("notice"), Approved = approval });
    }

    [Fact]
    public void A_task_for_our_own_person_is_given_at_any_hour_while_something_is_owed()
    {
        var task = Reminder(_firm) with { Tone = NoticeTone.FollowUp, FollowUp = new(FollowUpReason.PaymentMissing) };
        var night = TestData.Time("2026-02-21T23:00Z");

        Assert.Equal(
            [_firm],
            Decisions
                .Check(task, TestData.Account(TestData.Customer(), _firm), [], Rules.Default, night)
                .Invoices.Select(i => i.Value)
        );
        Assert.Empty(
            Decisions
                .Check(
                    task,
                    TestData.Account(
                        TestData.Customer(),
                        _firm with
                        {
                            Payments = _firm.Payments with { Paid = TestData.Eur(119_00) },
                        }
                    ),
                    [],
                    Rules.Default,
                    night
                )
                .Invoices
        );
        Assert.Equal(DunningBlock.InvoiceClosed, Assert.Single(Check(task).Excluded).Reason);
        Assert.Single(
            Check(
                task,
                _firm with
                {
                    Dunning = _firm.Dunning with
                    {
                        Hold = new(HoldReason.AwaitsApproval, _now, null) { ApprovalFor = new("final") },
                    },
                }
            ).Invoices
        );
        Assert.Equal(
            DunningBlock.NoAccountManager,
            Assert
                .Single(
                    Decisions
                        .Check(
                            task,
                            TestData.Account(TestData.Customer(), _firm),
                            [],
                            Rules.Default with
                            {
                                AccountManager = null,
                            },
                            _now
                        )
                        .Excluded
                )
                .Reason
        );
    }

    /// <summary>The claim replaces what the statement lists, so a payment since the check is never missed.</summary>
    [Fact]
    public void A_statement_lists_and_claims_what_is_disputed_or_on_hold_too_but_nothing_that_may_be_anothers()
    {
        var disputed = _firm.WithDispute(new(DisputeReason.Reported, _now));
        var held = _light.WithHold(new(HoldReason.Requested, _now, null));
        var uncertain = TestData.Invoice("2026-02-14", "3").WithHold(new(HoldReason.CustomerUncertain, _now, null));

        var check = Check(_statement, disputed, held, uncertain);

        Assert.Equal([disputed, held], check.NamedIn(_statement).Select(i => i.Value));
        Assert.Equal([disputed], check.Disputed.Select(i => i.Value));
    }

    [Fact]
    public void A_statement_is_sent_also_when_nothing_is_open() => Assert.False(Check(_statement).IsDropped);

    [Fact]
    public void A_statement_waits_for_a_payment_that_is_being_applied() =>
        Assert.Equal(
            _now.AddMinutes(5),
            Check(_statement, _firm with { Payments = _firm.Payments with { PendingPayments = ["evt_1"] } }).Until
        );

    private static readonly Notice _statement = Reminder() with
    {
        Tone = NoticeTone.Statement,
        Period = new StatementPeriod(new(2026, 1, 1), To: null),
    };

    /// <summary>
    /// A notice that takes the place of one that bounced is planned while the feed is silent, and nobody has asked for
    /// it.
    /// </summary>
    [Theory]
    [InlineData(NoticeTone.Final, false, true)]
    [InlineData(NoticeTone.Final, true, false)]
    [InlineData(NoticeTone.Friendly, false, false)]
    public void While_a_feed_is_silent_a_threat_waits_unless_a_person_asks_for_it(
        NoticeTone tone,
        bool isAskedFor,
        bool waits
    )
    {
        var feeds = new PaymentFeedCatalog(["e"]);
        feeds.Update([
            Enumerable
                .Range(1, 5)
                .Aggregate(new PaymentFeed("e", "stripe"), (feed, day) => feed.HeardOn(new DateOnly(2026, 2, day))),
        ]);
        var notice = Reminder(_firm) with { Tone = tone, IsRequestedByPerson = isAskedFor };

        var check = Decisions.Check(
            notice,
            TestData.Account(TestData.Customer(), _firm),
            [],
            Rules.Default with
            {
                Feeds = feeds,
            },
            _now
        );

        Assert.Equal(waits ? EventReason.FeedSilent : null, check.WhyWait);
        Assert.Equal(waits, check.Until is not null);
    }

    private static PreSendResult Check(Notice notice, params Invoice[] live) => Check(notice, live, []);

    private static PreSendResult Check(Notice notice, Invoice[] live, Invoice[] closed) =>
        Decisions.Check(
            notice,
            TestData.Account(TestData.Customer(), live),
            [.. closed.Select(TestData.Versioned)],
            Rules.Default,
            _now
        );

    private static Notice Reminder(params Invoice[] invoices) =>
        new()
        {
            Id = new("20260217-email"),
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Firm,
            Lines = [.. invoices.Select(i => new NoticeLine(i.Id.Invoice, i.Dunning.Step))],
            PlannedAt = _now,
            NotBefore = _now,
        };
}
