using System.Diagnostics;
using Dunning.Local;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Infra;

namespace Dunning.Tests.Scenarios;

/// <summary>The script of the workflow try-on-azure, against the local host with keys and today's date.</summary>
[Trait("Category", "Long")]
public sealed class TryingWhatWasDeployed : Scenario
{
    /// <summary>Of local.settings.sample.json.</summary>
    private const string Secret = "whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0";

    protected override FunctionKeys FunctionKeys => new("function-key", "master-key");

    protected override DateTimeOffset Start => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Prints_a_table_in_which_every_step_is_ok()
    {
        var running = RunAsync("master-key");
        while (!running.IsCompleted)
            await Host.PumpAsync();
        var (code, output) = await running;

        Assert.True(code == 0, output);
        Assert.Equal(6, output.Split('\n').Count(line => line.Contains("| ok", StringComparison.Ordinal)));
        // At an hour of business the paid invoice is thanked for, too: this test runs at today's date and time.
        Assert.Single(Emails, mail => mail.Subject.StartsWith("[TEST]", StringComparison.Ordinal));
        Assert.DoesNotContain("-key", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_where_a_step_does()
    {
        var running = RunAsync("wrong");
        while (!running.IsCompleted)
            await Host.PumpAsync();
        var (code, output) = await running;

        Assert.NotEqual(0, code);
        Assert.Contains("| Test reminder | FAILED: 401", output, StringComparison.Ordinal);
        Assert.Contains("| Signed webhook is accepted | ok", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> RunAsync(string masterKey) =>
        Shell.RunAsync(
            new ProcessStartInfo("dotnet", ["run", Path.Combine(Repository.Root, ".ci", "try-deployed.cs")])
            {
                Environment =
                {
                    ["TRY_URL"] = Host.BaseAddress.ToString(),
                    ["TRY_MASTER_KEY"] = masterKey,
                    ["TRY_FUNCTION_KEY"] = "function-key",
                    ["TRY_WEBHOOK"] = $"{Host.BaseAddress}api/webhooks/standard-webhooks/local-standard-endpoint-key",
                    ["TRY_WEBHOOK_SECRET"] = Secret,
                },
            }
        );
}
