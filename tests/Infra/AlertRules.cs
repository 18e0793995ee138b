using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>Alerts refer to functions, metrics, log lines and URLs that exist in the code.</summary>
internal static partial class AlertRules
{
    /// <summary>The host's own log lines about a function run.</summary>
    private static readonly string[] _anyRun = ["Executed 'Functions.", "(Failed"];

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var module = files.Main.Modules.Single(module => module.Name == "alerts");
        var alerts = module.Strings.Select(text => text.Text).ToList();
        return
        [
            .. Texts(alerts, WholeName())
                .Where(name => !HasFunction(files.Code, name, whole: true))
                .Select(name => $"there is no function {name}"),
            .. Texts(alerts, PartOfName())
                .Where(name => !HasFunction(files.Code, name, whole: false))
                .Select(name => $"there is no function whose name begins with {name}"),
            .. Texts(alerts, Message())
                .Except(_anyRun)
                .Where(line => !IsWritten(files.Code, line))
                .Select(line => $"nothing writes the log line '{line}'"),
            .. Texts(alerts, Metric()).Except(files.Code.Metrics).Select(name => $"nothing records the metric {name}"),
            .. Texts(alerts, Route()).Except(files.Code.Routes).Select(route => $"there is no route {route}"),
        ];
    }

    private static bool HasFunction(CodeFacts code, string name, bool whole) =>
        code.Functions.Any(function => whole ? function == name : function.StartsWith(name, StringComparison.Ordinal));

    /// <summary>
    /// Written by the code, or by the host for a run: <c>Executed 'Functions.Name' (Succeeded, …</c>.
    /// </summary>
    private static bool IsWritten(CodeFacts code, string line) =>
        HostLine().Match(line) is { Success: true } run
            ? HasFunction(code, run.Groups["name"].Value, whole: run.Groups["end"].Length > 0)
            : code.LogLines.Any(template => template.Contains(line, StringComparison.Ordinal));

    private static IEnumerable<string> Texts(IEnumerable<string> alerts, Regex pattern) =>
        alerts.SelectMany(alert => pattern.Matches(alert)).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex("AppRequests \\| where Name has \"([^\"]+)\"")]
    private static partial Regex WholeName();

    [GeneratedRegex("AppRequests \\| where Name contains \"([^\"]+)\"")]
    private static partial Regex PartOfName();

    [GeneratedRegex("\\bMessage (?:has|startswith) \"([^\"]+)\"")]
    private static partial Regex Message();

    [GeneratedRegex(@"^Executed 'Functions\.(?<name>\w+)(?<end>.*)")]
    private static partial Regex HostLine();

    [GeneratedRegex("AppMetrics \\| where Name == \"([^\"]+)\"")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b((?:GET|POST) /api/[\w/{}-]+)")]
    private static partial Regex Route();
}
