using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>On Thursday 5 February 2026, 10:00 in London: the mail of step "first" was not delivered.</summary>
public sealed class FallbackNoticeTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-05T10:00Z");
    private static readonly Invoice _late = TestData.Invoice() with { Step = "first" };
    private static readonly Customer _phoned = TestData.Customer() with
    {
        Phone = "+447700900123",
        DeadAddresses = ["ap@buyer.example"],
    };
    private static readonly Notice _lost = new()
    {
        Id = "20260205-email",
        CustomerId = TestData.CustomerId,
        Channel = Channel.Email,
        Tone = NoticeTone.Friendly,
        Lines = [new NoticeLine(_late.Id.Invoice, "first")],
        PlannedAt = _now,
        NotBefore = _now,
        State = NoticeState.Sending,
        Claim = "c",
        To = ["ap@buyer.example"],
    };

    [Fact]
    public void The_step_goes_by_text_with_the_same_lines_and_tone()
    {
        var detour = Find(TestData.Book(_phoned, _late))!;

        Assert.Equal(
            ("20260205-email-sms", Channel.Sms, NoticeTone.Friendly, _now),
            (detour.Id, detour.Channel, detour.Tone, detour.NotBefore)
        );
        Assert.Equal(_lost.Lines, detour.Lines);
        Assert.Equal((NoticeState.Planned, null), (detour.State, detour.Claim));
        Assert.Empty(detour.To);
    }

    [Fact]
    public void In_the_evening_a_text_waits_for_the_morning() =>
        Assert.Equal(
            TestData.Time("2026-02-06T09:00Z"),
            FallbackNotice
                .Find(_lost, TestData.Book(_phoned, _late), [], Rules.Default, TestData.Time("2026-02-05T17:30Z"))!
                .NotBefore
        );

    [Fact]
    public void Another_living_address_is_tried_first_unless_it_was_in_copy()
    {
        var customer = _phoned with { Contacts = [new Contact("Ann", "ann@buyer.example", null, null, Cc: true)] };

        Assert.Equal(Channel.Email, Find(TestData.Book(customer, _late))!.Channel);
        Assert.Equal(
            Channel.Sms,
            FallbackNotice
                .Find(
                    _lost with
                    {
                        To = ["ap@buyer.example", "ann@buyer.example"],
                    },
                    TestData.Book(customer, _late),
                    [],
                    Rules.Default,
                    _now
                )!
                .Channel
        );
    }

    [Fact]
    public void A_channel_that_had_its_notice_today_is_not_used_again_and_a_person_is_asked()
    {
        var texted = _phoned with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Sms] = new("20260205-sms", TestData.Day("2026-02-05"), NoticeTone.Helpful),
            },
        };
        var task = Find(TestData.Book(texted, _late))!;

        Assert.Equal(
            ("20260205-email-task", Channel.Escalation, NoticeTone.FollowUp),
            (task.Id, task.Channel, task.Tone)
        );
        Assert.NotNull(task.FollowUp);
    }

    [Fact]
    public void Nothing_is_repeated_that_another_channel_says_or_said()
    {
        var planned = _lost with { Id = "20260205-sms", Channel = Channel.Sms, State = NoticeState.Planned };
        var sent = new SentMessage(planned with { To = ["+447700900123"] }, [_late.Id.Invoice], _now);

        Assert.Null(Find(TestData.Book(_phoned, _late) with { Notices = [TestData.Stored(planned)] }));
        Assert.Null(Find(TestData.Book(_phoned, _late), sent));
        Assert.NotNull(
            Find(
                TestData.Book(_phoned, _late),
                sent with
                {
                    Statuses = new Dictionary<string, DeliveryStatus> { ["+447700900123"] = DeliveryStatus.Failed },
                }
            )
        );
    }

    [Fact]
    public void An_invoice_that_is_closed_or_at_another_step_needs_no_detour()
    {
        Assert.Null(Find(TestData.Book(_phoned)));
        Assert.Null(Find(TestData.Book(_phoned, _late with { Step = "second" })));
    }

    [Fact]
    public void Only_a_reminder_to_the_customer_takes_one()
    {
        Assert.Null(
            FallbackNotice.Find(
                _lost with
                {
                    Tone = NoticeTone.ThankYou,
                },
                TestData.Book(_phoned, _late),
                [],
                Rules.Default,
                _now
            )
        );
        Assert.Null(
            FallbackNotice.Find(
                _lost with
                {
                    Channel = Channel.Escalation,
                },
                TestData.Book(_phoned, _late),
                [],
                Rules.Default,
                _now
            )
        );
    }

    private static Notice? Find(CustomerAccount account, params SentMessage[] others) =>
        FallbackNotice.Find(_lost, account, others, Rules.Default, _now);
}
