using System.Net;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class HealthReport : Scenario
{
    protected override int Shards => Dunning.Receivables.Storage.Shards.DefaultCount;

    protected override DateTimeOffset Start => At("2026-03-19T08:50Z");

    [Fact]
    public async Task All_is_well_while_scans_come_to_their_end()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await RecoverAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(5));

        var (status, health) = await HealthAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(300, health.GetProperty("overdue").GetProperty("ageSeconds").GetInt32());
        Assert.Equal(300, health.GetProperty("upcoming").GetProperty("ageSeconds").GetInt32());
        Assert.DoesNotContain("amberley", health.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task No_scan_for_longer_than_the_window_is_a_failure_until_somebody_starts_one()
    {
        Assert.Equal(HttpStatusCode.OK, (await HealthAsync()).Status); // just started
        Host.Clock.Advance(TimeSpan.FromMinutes(46));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await HealthAsync()).Status);

        using var started = await PostAsync("api/manage/scan", new { });
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await HealthAsync()).Status);
    }

    [Fact]
    public async Task One_shard_that_is_never_scanned_is_enough()
    {
        await AdvanceToAsync("2026-03-19T09:00Z");
        await RecordOldScanAsync();

        var (status, health) = await HealthAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.True(health.GetProperty("overdue").GetProperty("isLate").GetBoolean());
        Assert.False(health.GetProperty("upcoming").GetProperty("isLate").GetBoolean());
    }

    [Fact]
    public async Task What_waits_for_a_person_is_counted_and_the_status_stays_200()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var account = (await Table.ReadAsync(new CustomerId(id.Split('-')[0]), CancellationToken.None))!;
        var notice = account.Notices[0];
        var inDoubt = notice.Value with
        {
            State = NoticeState.Sending,
            Claim = "dead",
            ClaimedAt = Host.Clock.GetUtcNow(),
            InDoubtReason = "?",
            ProviderQueried = true,
        };
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id).Save(notice, inDoubt),
                CancellationToken.None
            )
        );
        await Host.RunTimerAsync(nameof(RequeueStalledNotices));

        var (status, health) = await HealthAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal(
            (1, 0, 0),
            (
                health.GetProperty("inDoubt").GetInt32(),
                health.GetProperty("stalled").GetInt32(),
                health.GetProperty("poisoned").GetInt32()
            )
        );
    }

    [Fact]
    public async Task Storage_is_asked_once_in_a_while_however_often_health_is()
    {
        await AdvanceToAsync("2026-03-19T09:00Z");
        var first = (await HealthAsync()).Health.GetRawText();
        await RecordOldScanAsync();

        Assert.Equal(first, (await HealthAsync()).Health.GetRawText());
        Host.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await HealthAsync()).Status);
    }

    private async Task<(HttpStatusCode Status, JsonElement Health)> HealthAsync()
    {
        using var answer = await Http.GetAsync("api/health");
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>One shard was last scanned an hour before nine o'clock.</summary>
    private Task RecordOldScanAsync() =>
        Table.Heartbeats.RecordAsync(
            JobHeartbeat.OfScan(
                JobHeartbeat.ScanName("s07", upcoming: false),
                At("2026-03-19T08:00Z"),
                due: 0,
                failed: 0
            ),
            CancellationToken.None
        );
}
