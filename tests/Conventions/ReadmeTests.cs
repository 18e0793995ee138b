using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>Whoever opens the repository finds every function, queue and table by its name in the README.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Names_every_function() => AssertNamed(FunctionMethods.All.Select(f => f.Name));

    [Fact]
    public void Names_every_queue() => AssertNamed(Queues.All);

    [Fact]
    public void Names_every_table() => AssertNamed(Tables.All);

    [Fact]
    public void Names_every_setting() => AssertNamed(SettingReads.All);

    [Fact]
    public void Names_no_setting_that_nothing_reads() => Found.Nothing(
        Named(Sources.Text("README.md")).Where(name => Member().IsMatch(name)).Except(SettingReads.All));

    [Theory]
    [InlineData("| scan | `ScanShard` |", "ScanShard", true)]
    [InlineData("| scan | `ScanShard` |", "scan", false)]
    [InlineData("a queue `scan-poison`", "scan", false)]
    [InlineData("```\nSend --> scan\n```", "scan", true)]
    [InlineData("`POST scan` or so", "scan", true)]
    public void A_name_counts_when_it_is_set_as_code(string markdown, string name, bool named) =>
        Assert.Equal(named, Named(markdown).Contains(name));

    /// <summary>Most queues and tables are called by everyday words, so only text between backticks counts.</summary>
    private static HashSet<string> Named(string markdown) =>
        [.. CodeMark().Matches(markdown).SelectMany(mark => Name().Matches(mark.Value)).Select(name => name.Value)];

    private static void AssertNamed(IEnumerable<string> names)
    {
        var wanted = names.ToList();
        Assert.NotEmpty(wanted);
        Found.Nothing(wanted.Except(Named(Sources.Text("README.md"))));
    }

    [GeneratedRegex(@"```[\s\S]*?```|`[^`\n]+`")]
    private static partial Regex CodeMark();

    [GeneratedRegex(@"^[A-Z]\w*?__\w+$")]
    private static partial Regex Member();

    [GeneratedRegex(@"\w+(?:-\w+)*")]
    private static partial Regex Name();
}
