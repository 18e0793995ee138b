using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class StepRollbackTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-09T09:00Z");

    private static readonly Invoice _second = TestData.Invoice() with { Step = "second" };

    private static Notice NoticeOn(Channel channel, string plan = "20260209090000") =>
        new()
        {
            Id = $"{plan}-{channel.ToString().ToLowerInvariant()}",
            CustomerId = TestData.CustomerId,
            Channel = channel,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(_second.Id.Invoice, "second", "first")],
            PlannedAt = _now,
            NotBefore = _now,
            To = ["ap@buyer.example"],
        };

    [Fact]
    public void What_no_channel_has_said_is_given_back() =>
        Assert.Equal("first", StepAfterDropping(NoticeOn(Channel.Sms), _second));

    [Fact]
    public void What_another_channel_still_says_is_not_given_back() =>
        Assert.Null(StepAfterDropping(NoticeOn(Channel.Sms), _second, waiting: NoticeOn(Channel.Email)));

    /// <summary>
    /// The mail of the step left, then a notice of another plan named the invoice as also owed: the mail has said it
    /// all the same.
    /// </summary>
    [Fact]
    public void What_another_channel_has_said_is_not_given_back_whoever_claimed_the_invoice_since() =>
        Assert.Null(
            StepAfterDropping(
                NoticeOn(Channel.Sms),
                _second with
                {
                    ClaimedBy = "20260212090000-email",
                },
                handed: new SentMessage(NoticeOn(Channel.Email), [], _now)
            )
        );

    /// <summary>Claimed, refused with 429, planned again, and then stopped by a hold.</summary>
    [Fact]
    public void A_claim_that_came_to_nothing_has_said_nothing() =>
        Assert.Equal(
            "first",
            StepAfterDropping(NoticeOn(Channel.Email), _second with { ClaimedBy = NoticeOn(Channel.Email).Id })
        );

    [Fact]
    public void A_message_that_reached_nobody_has_said_nothing()
    {
        var bounced = new SentMessage(NoticeOn(Channel.Email), [], _now)
        {
            Statuses = new Dictionary<string, DeliveryStatus> { ["ap@buyer.example"] = DeliveryStatus.Dead },
        };

        Assert.Equal("first", StepAfterDropping(NoticeOn(Channel.Sms), _second, handed: bounced));
    }

    /// <returns>The step that the invoice goes back to; null when it keeps the one it has.</returns>
    private static string? StepAfterDropping(
        Notice dropped,
        Invoice invoice,
        Notice? waiting = null,
        SentMessage? handed = null
    )
    {
        var account = TestData.Book(TestData.Customer(), invoice) with
        {
            Notices = [.. new[] { dropped, waiting }.OfType<Notice>().Select(TestData.Stored)],
        };
        return StepRollback
            .Of(account, dropped, [invoice.Id.Invoice], handed is null ? [] : [handed], Rules.Default, _now)
            .SingleOrDefault()
            .After?.Step;
    }
}
