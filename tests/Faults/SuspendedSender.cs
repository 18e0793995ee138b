using Dunning.Recovery;

namespace Dunning.Tests.Faults;

/// <summary>A machine that sleeps at the worst moment, and wakes when others have taken over.</summary>
[Trait("Category", "Faults")]
public sealed class SuspendedSender(FaultLab lab) : IClassFixture<FaultLab>
{
    [Fact]
    public async Task Whoever_slept_between_claim_and_send_leaves_the_message_to_those_who_were_awake()
    {
        await using var stage = await Stage.OpenAsync(lab);
        var (_, http) = await Script.PlanMorningAsync(stage);

        var (isClaimed, hasSlept) = (false, false);
        var sender = await stage.StartHostAsync(stage.OpenWire(SleepAfterClaim));
        await sender.PumpAsync(Queues.SmsNotices);
        await Script.PumpAsync(http);

        Assert.True(hasSlept);
        Assert.Equal(25, stage.Ledger.Deliveries.Count);
        Assert.Equal(25, stage.Ledger.Deliveries.Select(d => d.Name).Distinct().Count());

        // The last that a sender asks storage before it sends is whether the claim is its own.
        Fault SleepAfterClaim(Passage passage)
        {
            isClaimed |= passage.IsTransaction;
            if (!isClaimed || hasSlept || !passage.IsQuery)
                return Fault.Pass;
            hasSlept = true;
            return new Fault.Held(async () =>
            {
                stage.Clock.Advance(TimeSpan.FromMinutes(20));
                using var answer = await http.PostAsync(
                    new Uri($"local/timers/{nameof(RequeueStalledNotices)}", UriKind.Relative),
                    null
                );
                Assert.True(answer.IsSuccessStatusCode);
                await Script.PumpAsync(http);
            });
        }
    }
}
