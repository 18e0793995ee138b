using Dunning.Recovery;

namespace Dunning.Tests.Faults;

/// <summary>
/// A sender that is suspended between claim and send, and resumes after another sender has taken over.
/// </summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class SuspendedSender(FaultFixture fixture) : IClassFixture<FaultFixture>
{
    /// <param name="whileArchiving">Otherwise at the query after the claim.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sender_suspended_between_claim_and_send_does_not_send_what_another_has_sent(bool whileArchiving)
    {
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        var (_, http) = await FaultScenario.PlanMorningAsync(environment);

        var (isClaimed, wasSuspended) = (false, false);
        var sender = await environment.StartHostAsync(environment.OpenProxy(SuspendAfterClaim));
        await sender.PumpAsync(Queues.SmsNotices);
        await FaultScenario.PumpAsync(http);

        Assert.True(wasSuspended);
        Assert.Equal(25, environment.Providers.Accepted.Count);
        Assert.Equal(25, environment.Providers.Accepted.Select(d => d.Notice).Distinct().Count());
        var archived = 0;
        await foreach (var _ in environment.SentMessages().GetBlobsAsync())
            archived++;
        Assert.Equal(25, archived);

        // The last query before sending checks that the claim is still the sender's own.
        Fault SuspendAfterClaim(OutgoingRequest request)
        {
            isClaimed |= request.IsTransaction;
            if (!isClaimed || wasSuspended || !(whileArchiving ? request.Service is Service.Blob : request.IsQuery))
                return Fault.None;
            wasSuspended = true;
            return new Fault.RunBeforeResponse(async () =>
            {
                environment.Clock.Advance(TimeSpan.FromMinutes(20));
                using var response = await http.PostAsync(
                    new Uri($"local/timers/{nameof(RequeueStalledNotices)}", UriKind.Relative),
                    null
                );
                Assert.True(response.IsSuccessStatusCode);
                await FaultScenario.PumpAsync(http);
            });
        }
    }
}
