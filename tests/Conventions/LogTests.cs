using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>
/// More people read the logs than the tables: log lines contain ids, which are hashes, and fixed texts.
/// </summary>
public sealed partial class LogTests
{
    private static readonly string[] _ids =
    [
        "Notice",
        "Customer",
        "Invoice",
        "Job",
        "Channel",
        "Provider",
        "Endpoint",
        "Queue",
        "Shard",
        "Line",
        "Status",
        "Delivery",
        "Function",
        "Policy",
    ];

    [Fact]
    public void A_log_line_names_nothing_but_ids()
    {
        var lines = Sources
            .Functions.SelectMany(file => LogLines.In(file.Text).Select(line => (file.Path, Text: line)))
            .ToList();

        Assert.NotEmpty(lines);
        ScanAssert.Empty(
            lines.Where(line => Hole().Matches(line.Text).Any(hole => !_ids.Contains(hole.Groups[1].Value)))
        );
    }

    /// <summary>An interpolated line hides its placeholders and cannot be searched for.</summary>
    [Fact]
    public void A_log_line_is_a_template() =>
        ScanAssert.Empty(
            Sources.Functions.SelectMany(file =>
                Interpolated().Matches(file.Text).Select(line => $"{file.Path}: {line.Value}")
            )
        );

    [Theory]
    [InlineData("log.LogWarning(\"{Customer} wrote\", id);", true)]
    [InlineData("log.LogWarning(failure, \"{Email} bounced\", email);", false)]
    public void A_hole_that_is_no_id_is_seen(string code, bool good) =>
        Assert.Equal(
            good,
            LogLines.In(code).All(line => Hole().Matches(line).All(hole => _ids.Contains(hole.Groups[1].Value)))
        );

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\([^;]*?\$"[^;]*""")]
    private static partial Regex Interpolated();
}
