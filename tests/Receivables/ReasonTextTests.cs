using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Receivables;

/// <summary>Every code has words; an event without its optional fields, as after an erasure, has them too.</summary>
public sealed class ReasonTextTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-03-19T09:00Z");

    public static TheoryData<DunningBlock> Blocks => [.. Enum.GetValues<DunningBlock>()];

    public static TheoryData<HoldReason> Holds => [.. Enum.GetValues<HoldReason>()];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_block_has_words(DunningBlock block) => Assert.NotEmpty(ReasonText.Of(block));

    [Theory]
    [MemberData(nameof(Holds))]
    public void Every_hold_has_words(HoldReason reason) =>
        Assert.NotEmpty(ReasonText.Of(new Hold(reason, _now, Until: null)));

    [Fact]
    public void Every_event_has_words_without_its_optional_fields() =>
        Assert.All(
            from kind in Enum.GetValues<EventKind>()
            from reason in Enum.GetValues<EventReason>().Select(reason => (EventReason?)reason).Append(null)
            where reason is not EventReason.PolicyRemoved and not EventReason.CurrencyMismatch
            select new InvoiceEvent(_now, kind) { Reason = reason },
            invoiceEvent => Assert.NotEmpty(invoiceEvent.What)
        );

    [Fact]
    public void What_a_person_wrote_is_apart_from_the_reason()
    {
        var held = TestData
            .Invoice()
            .WithDunning(dunning =>
                dunning with
                {
                    Hold = new(HoldReason.Requested, _now, null) { Text = "nothing is owed, says Tom" },
                }
            );

        Assert.Equal(DunningBlock.OnHold, held.BlockAt(_now));
        Assert.Equal("the invoice is on hold: nothing is owed, says Tom", ReasonText.OfBlock(held, _now));
    }
}
