using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

/// <summary>
/// The second step charges what the first message announced, and announces what the third will charge, by email and by
/// SMS at nine o'clock.
/// </summary>
public sealed class AnnouncedChargesTests
{
    private static readonly (StepId Second, StepId Third) _step = (new("second"), new("third"));
    private static readonly NoticeId _first = new("20260205090000-email");
    private static readonly NoticeId _email = new("20260212090000-email");
    private static readonly NoticeId _copy = new("20260212090000-escalation");
    private static readonly NoticeId _sms = new("20260212090000-sms");
    private static readonly NoticeId _later = new("20260222090000-email");

    private static readonly ChargeKind[] _interest = [ChargeKind.Interest];
    private static readonly AnnouncedCharges _known = AnnouncedCharges.After(null, Said(_step.Second, _first));

    [Fact]
    public void It_covers_the_step_that_it_names()
    {
        Assert.True(_known.Covers(_step.Second, ChargeKind.Interest, _email));
        Assert.False(_known.Covers(_step.Third, ChargeKind.Interest, _later));
    }

    [Fact]
    public void It_covers_only_what_it_names()
    {
        Assert.True(_known.Covers(_step.Second, ChargeKind.Interest, _email));
        Assert.False(_known.Covers(_step.Second, ChargeKind.ReminderFee, _email));
    }

    [Fact]
    public void After_the_next_announcement_only_messages_of_the_same_plan_are_still_covered()
    {
        var next = AnnouncedCharges.After(_known, Said(_step.Third, _email));

        Assert.True(next.Covers(_step.Third, ChargeKind.Interest, _later));
        Assert.True(next.Covers(_step.Second, ChargeKind.Interest, _sms));
        Assert.True(next.Covers(_step.Second, ChargeKind.Interest, _email));
        Assert.False(next.Covers(_step.Second, ChargeKind.Interest, _later));
    }

    [Fact]
    public void A_second_message_of_the_plan_and_a_second_attempt_keep_what_was_before()
    {
        var again = AnnouncedCharges.After(
            AnnouncedCharges.After(
                AnnouncedCharges.After(_known, Said(_step.Third, _email)),
                Said(_step.Third, _email)
            ),
            Said(_step.Third, _copy)
        );

        Assert.True(again.Covers(_step.Second, ChargeKind.Interest, _sms));
        Assert.Equal(_known, again.Without(_copy));
    }

    [Fact]
    public void What_a_message_that_did_not_arrive_announced_counts_as_not_said()
    {
        var next = AnnouncedCharges.After(_known, Said(_step.Third, _email));

        Assert.Null(_known.Without(_first));
        Assert.Equal(_known, _known.Without(_email));
        Assert.Equal(_known, next.Without(_email));
        // The first message bounced when the second was under way.
        Assert.False(next.Without(_first)!.Covers(_step.Second, ChargeKind.Interest, _sms));
        Assert.True(next.Without(_first)!.Covers(_step.Third, ChargeKind.Interest, _later));
    }

    private static AnnouncedCharges Said(StepId step, NoticeId notice) => new(step, notice) { Kinds = _interest };
}
