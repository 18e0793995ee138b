using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>On Thursday 5 February 2026, 10:00 in London: the mail of step "first" was not delivered.</summary>
public sealed class FallbackNoticeTests
{
    private static readonly DateTimeOffset Now = TestData.Time("2026-02-05T10:00Z");
    private static readonly Invoice Late = TestData.Invoice() with { Step = "first" };
    private static readonly Customer Phoned = TestData.Customer() with
    {
        Phone = "+447700900123",
        DeadAddresses = ["ap@buyer.example"],
    };
    private static readonly Notice Lost = new()
    {
        Id = "20260205-email",
        CustomerId = TestData.CustomerId,
        Channel = Channel.Email,
        Tone = NoticeTone.Friendly,
        Lines = [new NoticeLine(Late.Id.Invoice, "first")],
        PlannedAt = Now,
        NotBefore = Now,
        State = NoticeState.Sending,
        Claim = "c",
        To = ["ap@buyer.example"],
    };

    [Fact]
    public void The_step_goes_by_text_with_the_same_lines_and_tone()
    {
        var detour = Find(TestData.Book(Phoned, Late))!;

        Assert.Equal(
            ("20260205-email-sms", Channel.Sms, NoticeTone.Friendly, Now),
            (detour.Id, detour.Channel, detour.Tone, detour.NotBefore)
        );
        Assert.Equal(Lost.Lines, detour.Lines);
        Assert.Equal((NoticeState.Planned, null), (detour.State, detour.Claim));
        Assert.Empty(detour.To);
    }

    [Fact]
    public void In_the_evening_a_text_waits_for_the_morning() =>
        Assert.Equal(
            TestData.Time("2026-02-06T09:00Z"),
            FallbackNotice
                .Find(Lost, TestData.Book(Phoned, Late), [], Rules.Default, TestData.Time("2026-02-05T17:30Z"))!
                .NotBefore
        );

    [Fact]
    public void Another_living_address_is_tried_first_unless_it_was_in_copy()
    {
        var customer = Phoned with { Contacts = [new Contact("Ann", "ann@buyer.example", null, null, Cc: true)] };

        Assert.Equal(Channel.Email, Find(TestData.Book(customer, Late))!.Channel);
        Assert.Equal(
            Channel.Sms,
            FallbackNotice
                .Find(
                    Lost with
                    {
                        To = ["ap@buyer.example", "ann@buyer.example"],
                    },
                    TestData.Book(customer, Late),
                    [],
                    Rules.Default,
                    Now
                )!
                .Channel
        );
    }

    [Fact]
    public void A_channel_that_had_its_notice_today_is_not_used_again_and_a_person_is_asked()
    {
        var texted = Phoned with
        {
            LastNotices = new Dictionary<Channel, LastNotice>
            {
                [Channel.Sms] = new("20260205-sms", TestData.Day("2026-02-05"), NoticeTone.Helpful),
            },
        };
        var task = Find(TestData.Book(texted, Late))!;

        Assert.Equal(
            ("20260205-email-task", Channel.Escalation, NoticeTone.FollowUp),
            (task.Id, task.Channel, task.Tone)
        );
        Assert.NotNull(task.FollowUp);
    }

    [Fact]
    public void Nothing_is_repeated_that_another_channel_says_or_said()
    {
        var planned = Lost with { Id = "20260205-sms", Channel = Channel.Sms, State = NoticeState.Planned };
        var sent = new SentMessage(planned with { To = ["+447700900123"] }, [Late.Id.Invoice], Now);

        Assert.Null(Find(TestData.Book(Phoned, Late) with { Notices = [TestData.Stored(planned)] }));
        Assert.Null(Find(TestData.Book(Phoned, Late), sent));
        Assert.NotNull(
            Find(
                TestData.Book(Phoned, Late),
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
        Assert.Null(Find(TestData.Book(Phoned)));
        Assert.Null(Find(TestData.Book(Phoned, Late with { Step = "second" })));
    }

    [Fact]
    public void Only_a_reminder_to_the_customer_takes_one()
    {
        Assert.Null(
            FallbackNotice.Find(
                Lost with
                {
                    Tone = NoticeTone.ThankYou,
                },
                TestData.Book(Phoned, Late),
                [],
                Rules.Default,
                Now
            )
        );
        Assert.Null(
            FallbackNotice.Find(
                Lost with
                {
                    Channel = Channel.Escalation,
                },
                TestData.Book(Phoned, Late),
                [],
                Rules.Default,
                Now
            )
        );
    }

    private static Notice? Find(CustomerAccount account, params SentMessage[] others) =>
        FallbackNotice.Find(Lost, account, others, Rules.Default, Now);
}
