using Dunning.Tests.Conventions;

namespace Dunning.Tests.Infra;

/// <summary>After a deployment the app is asked how it is, until it is well or time is up.</summary>
public sealed class PostdeployTests
{
    private const string Hook = "postdeploy";

    private const string Healthy =
        """200 {"status":"healthy","storage":"ok","upcoming":{"ageSeconds":3,"isLate":false},"overdue":{"ageSeconds":3,"isLate":false},"inDoubt":0,"stalled":0,"poisoned":0}""";

    private const string Degraded =
        """200 {"status":"degraded","storage":"ok","upcoming":{"ageSeconds":3,"isLate":false},"overdue":{"ageSeconds":3,"isLate":false},"inDoubt":2,"stalled":0,"poisoned":1}""";

    private const string Stopped =
        """200 {"status":"degraded","storage":"ok","inDoubt":0,"stalled":0,"poisoned":0,"stoppedAt":"2026-03-19T09:00:00+00:00"}""";

    private const string NoStorage = """503 {"status":"unhealthy","storage":"unreachable"}""";

    private const string NoScan =
        """503 {"status":"unhealthy","storage":"ok","upcoming":{"at":"2026-03-19T09:00:00+00:00","ageSeconds":3600,"isLate":false},"overdue":{"at":"2026-03-19T08:00:00+00:00","ageSeconds":7200,"isLate":true},"inDoubt":0,"stalled":0,"poisoned":0}""";

    /// <summary>Answers, whether the hook takes the last one, and what it says.</summary>
    private static readonly (string Answers, bool Good, string Said)[] _cases =
    [
        (Healthy, true, "healthy"),
        ($"000 |503 Starting|{Healthy}", true, "healthy"),
        (Degraded, true, "in doubt 2, stalled 0, poisoned 1"),
        (Degraded, true, "/api/manage/recover"),
        (Stopped, true, "all sending is stopped"),
        (NoStorage, false, "does not reach its storage"),
        (NoScan, false, "overdue invoices"),
        (NoScan, false, "2026-03-19T08:00:00"),
        (NoScan, false, "/api/manage/scan"),
        ("000 ", false, "no answer"),
        ("404 ", false, "azd deploy"),
        ("403 Site Disabled", false, "stopped"),
        ("502 <html>", false, "could not start"),
        ("503 Function host is not running.", false, "The settings need attention"),
    ];

    [NeedsCommandFact("sh")]
    public Task Sh_waits_until_the_app_is_well_and_says_what_is_wrong() => WaitsAsync("sh");

    [NeedsCommandFact("pwsh")]
    public Task PowerShell_waits_until_the_app_is_well_and_says_what_is_wrong() => WaitsAsync("pwsh");

    private static async Task WaitsAsync(string shell)
    {
        var missed = new List<string>();
        foreach (var (answers, good, said) in _cases)
        {
            using var run = new HookRun().With(
                ("SERVICE_FUNCTIONS_URI", "https://func-1.azurewebsites.net"),
                ("SERVICE_FUNCTIONS_NAME", "func-1"),
                ("AZURE_RESOURCE_GROUP", "rg-trial"),
                ("SCRIPT_HEALTH", answers)
            );
            var (code, output) = await run.RunAsync(shell, Hook);
            var asked = run.Calls.Split('\n').Count(call => call.Contains("/api/health", StringComparison.Ordinal));
            var enough = good ? answers.Split('|').Length : 3;
            if (code == 0 != good || asked != enough || !output.Contains(said, StringComparison.Ordinal))
                missed.Add($"{answers}: code {code}, asked {asked} times, {output}");
        }
        ScanAssert.Empty(missed);
    }
}
