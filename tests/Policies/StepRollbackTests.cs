using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class StepRollbackTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-09T09:00Z");

    private static readonly Invoice _second = TestData
        .Invoice()
        .WithDunning(dunning => dunning with { Step = new("second") });

    private static Notice NoticeOn(Channel channel, string plan = "20260209090000") =>
        new()
        {
            Id = new($"{plan}-{channel.ToString().ToLowerInvariant()}"),
            CustomerId = TestData.CustomerId,
            Channel = channel,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(_second.Id.Invoice, new StepId("second"), new StepId("first"))],
            PlannedAt = _now,
            NotBefore = _now,
            To = ["ap@buyer.example"],
        };

    [Fact]
    public void A_step_that_no_channel_has_sent_is_rolled_back() =>
        Assert.Equal("first", StepAfterDropping(NoticeOn(Channel.Sms), _second));

    [Fact]
    public void A_step_that_another_channel_will_send_is_not_rolled_back() =>
        Assert.Null(StepAfterDropping(NoticeOn(Channel.Sms), _second, waiting: NoticeOn(Channel.Email)));

    /// <summary>
    /// The email of the step was sent; later a notice of another plan listed the invoice as also owed. The email still
    /// counts.
    /// </summary>
    [Fact]
    public void A_step_that_another_channel_has_sent_is_not_rolled_back_even_if_the_invoice_was_claimed_again() =>
        Assert.Null(
            StepAfterDropping(
                NoticeOn(Channel.Sms),
                _second with
                {
                    Dunning = _second.Dunning with { ClaimedBy = new("20260212090000-email") },
                },
                handed: new SentMessage(NoticeOn(Channel.Email), [], _now)
            )
        );

    /// <summary>Claimed, rejected with 429, planned again, and then stopped by a hold.</summary>
    [Fact]
    public void A_claim_without_a_sent_message_does_not_count_as_a_notice() =>
        Assert.Equal(
            "first",
            StepAfterDropping(
                NoticeOn(Channel.Email),
                _second with
                {
                    Dunning = _second.Dunning with { ClaimedBy = NoticeOn(Channel.Email).Id },
                }
            )
        );

    [Fact]
    public void A_message_that_was_not_delivered_does_not_count_as_a_notice()
    {
        var bounced = new SentMessage(NoticeOn(Channel.Email), [], _now)
        {
            Statuses = new Dictionary<string, DeliveryStatus> { ["ap@buyer.example"] = DeliveryStatus.Dead },
        };

        Assert.Equal("first", StepAfterDropping(NoticeOn(Channel.Sms), _second, handed: bounced));
    }

    /// <returns>The step that the invoice returns to; null when it keeps its step.</returns>
    private static string? StepAfterDropping(
        Notice dropped,
        Invoice invoice,
        Notice? waiting = null,
        SentMessage? handed = null
    )
    {
        var account = TestData.Account(TestData.Customer(), invoice) with
        {
            Notices = [.. new[] { dropped, waiting }.OfType<Notice>().Select(TestData.Versioned)],
        };
        return (
            StepRollback
                .Decide(
                    Decisions.ContextOf(account, Rules.Default, _now),
                    account,
                    new UnsentReminder(dropped, [invoice.Id.Invoice], handed is null ? [] : [handed])
                )
                .SingleOrDefault()
                .After?.Dunning.Step
        )?.Value;
    }
}
