using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>Thursday 5 February 2026, 10:00 in London: the email of step "first" was not delivered.</summary>
public sealed class FallbackNoticeTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-05T10:00Z");
    private static readonly Invoice _overdue = TestData
        .Invoice()
        .WithDunning(dunning => dunning with { Step = new("first") });
    private static readonly Customer _customerWithPhone = TestData.Customer() with
    {
        Phone = "+447700900123",
        DeadAddresses = ["ap@buyer.example"],
    };
    private static readonly Notice _undelivered = new()
    {
        Id = new("20260205-email"),
        CustomerId = TestData.CustomerId,
        Channel = Channel.Email,
        Tone = NoticeTone.Friendly,
        Lines = [new NoticeLine(_overdue.Id.Invoice, new StepId("first"))],
        PlannedAt = _now,
        NotBefore = _now,
        State = NoticeState.Sending,
        Claim = "c",
        To = ["ap@buyer.example"],
    };

    [Fact]
    public void The_step_goes_by_text_with_the_same_lines_and_tone()
    {
        var fallback = Find(TestData.Account(_customerWithPhone, _overdue))!;

        Assert.Equal(
            ("20260205-email-sms", Channel.Sms, NoticeTone.Friendly, _now),
            (fallback.Id.Value, fallback.Channel, fallback.Tone, fallback.NotBefore)
        );
        Assert.Equal(_undelivered.Lines, fallback.Lines);
        Assert.Equal((NoticeState.Planned, null), (fallback.State, fallback.Claim));
        Assert.Empty(fallback.To);
    }

    [Fact]
    public void In_the_evening_a_text_waits_for_the_morning() =>
        Assert.Equal(
            TestData.Time("2026-02-06T09:00Z"),
            Decisions
                .FindFallback(
                    _undelivered,
                    TestData.Account(_customerWithPhone, _overdue),
                    [],
                    Rules.Default,
                    TestData.Time("2026-02-05T17:30Z")
                )!
                .NotBefore
        );

    [Fact]
    public void Another_living_address_is_tried_first_unless_it_was_in_copy()
    {
        var customer = _customerWithPhone with
        {
            Contacts = [new Contact("Ann", "ann@buyer.example", null, null, Cc: true)],
        };

        Assert.Equal(Channel.Email, Find(TestData.Account(customer, _overdue))!.Channel);
        Assert.Equal(
            Channel.Sms,
            Decisions
                .FindFallback(
                    _undelivered with
                    {
                        To = ["ap@buyer.example", "ann@buyer.example"],
                    },
                    TestData.Account(customer, _overdue),
                    [],
                    Rules.Default,
                    _now
                )!
                .Channel
        );
    }

    [Fact]
    public void A_channel_that_had_its_notice_today_is_not_used_again_and_a_person_calls()
    {
        var call = Find(TestData.Account(Texted, _overdue))!;

        Assert.Equal(
            ("20260205-email-call", Channel.Call, NoticeTone.Friendly),
            (call.Id.Value, call.Channel, call.Tone)
        );
    }

    [Fact]
    public void After_the_call_comes_a_letter_and_then_a_person_is_asked()
    {
        var customer = Texted.Without("+447700900123");
        var address = new PostalAddress
        {
            Line1 = "1 Quay Street",
            PostalCode = "BS1 4DJ",
            City = "Bristol",
        };

        Assert.Equal(Channel.Letter, Find(TestData.Account(customer with { Address = address }, _overdue))!.Channel);
        var task = Find(TestData.Account(customer, _overdue))!;
        Assert.Equal(
            ("20260205-email-task", Channel.Escalation, NoticeTone.FollowUp),
            (task.Id.Value, task.Channel, task.Tone)
        );
        Assert.NotNull(task.FollowUp);
    }

    [Fact]
    public void A_landline_is_called()
    {
        var customer = _customerWithPhone.Without("+447700900123", isLandline: true);

        Assert.Equal(Channel.Call, Find(TestData.Account(customer, _overdue))!.Channel);
    }

    [Fact]
    public void Before_the_due_date_nobody_calls_unless_the_customer_prefers_it()
    {
        var upcoming = _undelivered with { Tone = NoticeTone.Upcoming };
        var customer = _customerWithPhone.Without("+447700900123", isLandline: true);

        Notice? Fallback(Customer of) =>
            Decisions.FindFallback(upcoming, TestData.Account(of, _overdue), [], Rules.Default, _now);

        Assert.Equal(NoticeTone.FollowUp, Fallback(customer)!.Tone);
        Assert.Equal(Channel.Call, Fallback(customer with { Channels = [Channel.Email, Channel.Call] })!.Channel);
    }

    private static Customer Texted =>
        _customerWithPhone with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Sms] = new(new NoticeId("20260205-sms"), TestData.Day("2026-02-05"), NoticeTone.Helpful),
            },
        };

    [Fact]
    public void A_step_is_not_repeated_when_another_channel_sends_or_sent_it()
    {
        var planned = _undelivered with
        {
            Id = new("20260205-sms"),
            Channel = Channel.Sms,
            State = NoticeState.Planned,
        };
        var sent = new SentMessage(planned with { To = ["+447700900123"] }, [_overdue.Id.Invoice], _now);

        Assert.Null(
            Find(TestData.Account(_customerWithPhone, _overdue) with { Notices = [TestData.Versioned(planned)] })
        );
        Assert.Null(Find(TestData.Account(_customerWithPhone, _overdue), sent));
        Assert.NotNull(
            Find(
                TestData.Account(_customerWithPhone, _overdue),
                sent with
                {
                    Statuses = new Dictionary<string, DeliveryStatus> { ["+447700900123"] = DeliveryStatus.Failed },
                }
            )
        );
    }

    [Fact]
    public void An_invoice_that_is_closed_or_at_another_step_gets_no_fallback_notice()
    {
        Assert.Null(Find(TestData.Account(_customerWithPhone)));
        Assert.Null(
            Find(
                TestData.Account(
                    _customerWithPhone,
                    _overdue with
                    {
                        Dunning = _overdue.Dunning with { Step = new("second") },
                    }
                )
            )
        );
    }

    [Fact]
    public void Only_a_reminder_to_the_customer_takes_one()
    {
        Assert.Null(
            Decisions.FindFallback(
                _undelivered with
                {
                    Tone = NoticeTone.ThankYou,
                },
                TestData.Account(_customerWithPhone, _overdue),
                [],
                Rules.Default,
                _now
            )
        );
        Assert.Null(
            Decisions.FindFallback(
                _undelivered with
                {
                    Channel = Channel.Escalation,
                },
                TestData.Account(_customerWithPhone, _overdue),
                [],
                Rules.Default,
                _now
            )
        );
    }

    private static Notice? Find(CustomerAccount account, params SentMessage[] others) =>
        Decisions.FindFallback(_undelivered, account, others, Rules.Default, _now);
}
