using Dunning.Local;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Fuzzing;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.PolicyVersions;

/// <summary>What an instance knows of the saved policies, and when it looks again.</summary>
public sealed class PolicyUpdatesTests : IDisposable
{
    private readonly MemoryTable _rows = new();
    private readonly CollectingLogger _log = new();
    private readonly MovableClock _clock = new(TestData.Time("2026-02-02T09:00Z"), frozen: true);
    private readonly DunningRules _rules = Rules.WithPolicies("[]");

    [Fact]
    public async Task It_reads_again_after_fifteen_seconds()
    {
        var updates = Updates();
        await updates.RefreshAsync(CancellationToken.None);
        await SaveAsync(3);
        _clock.Advance(TimeSpan.FromSeconds(14));
        await updates.RefreshAsync(CancellationToken.None);
        Assert.False(_rules.Policies.Has(new PolicyVersion("default", 3)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await updates.RefreshAsync(CancellationToken.None);
        Assert.True(_rules.Policies.Has(new PolicyVersion("default", 3)));
        Assert.Equal(2, _rules.Policies.Newest("default").Version);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await updates.RefreshAsync(CancellationToken.None);
        Assert.Equal(3, _rules.Policies.Newest("default").Version);
    }

    [Fact]
    public async Task A_version_that_the_file_has_too_is_the_saved_one_and_the_log_says_so_once()
    {
        await SaveAsync(2);
        _clock.Advance(PolicyUpdates.ActiveAfter);
        var updates = Updates();
        await updates.ReadAsync(CancellationToken.None);
        await updates.ReadAsync(CancellationToken.None);
        Assert.Equal("saved", _rules.Policies.Newest("default").Steps[0].Id.Value);
        Assert.Contains("default v2", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_uses_it() =>
        Assert.Contains(
            $"builder.UseMiddleware<{nameof(PolicyUpdates)}>();",
            Sources.Text("functions/Program.cs"),
            StringComparison.Ordinal
        );

    public void Dispose() => _log.Dispose();

    private PolicyUpdates Updates() =>
        new(
            new PolicyTable(_rows),
            new PaymentFeedRows(_rows),
            _rules,
            _clock,
            LoggerFactory.Create(log => log.AddProvider(_log)).CreateLogger<PolicyUpdates>()
        );

    private async Task SaveAsync(int version)
    {
        var now = _clock.GetUtcNow();
        var step = new Step
        {
            Id = new("saved"),
            Days = 1,
            Tone = NoticeTone.Friendly,
            Channels = [Channel.Email],
        };
        Assert.True(
            await new PolicyTable(_rows).TryAddAsync(
                new StoredPolicy(new Policy("default", version, [step]), "Maya", now, now + PolicyUpdates.ActiveAfter),
                CancellationToken.None
            )
        );
    }
}
