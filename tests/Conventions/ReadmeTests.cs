using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>
/// The README is short; every function, queue and table is named in it or in docs/, and every setting in
/// docs/settings.md.
/// </summary>
public sealed partial class ReadmeTests
{
    private const int MaxReadmeLines = 150;
    private const int MaxColumns = 120;

    public static TheoryData<string> AllDocuments => [.. Documents.All];

    [Fact]
    public void Names_every_function() => AssertMentioned(FunctionMethods.All.Select(f => f.Name), Documents.Manual);

    [Fact]
    public void Names_every_queue() => AssertMentioned(Queues.All, Documents.Manual);

    [Fact]
    public void Names_every_table() => AssertMentioned(Tables.All, Documents.Manual);

    [Fact]
    public void Names_every_setting() => AssertMentioned(SettingReads.All, [Documents.Settings]);

    [Fact]
    public void Names_no_setting_that_nothing_reads() =>
        ScanAssert.Empty(
            Mentioned(Sources.Text(Documents.Settings)).Where(name => Member().IsMatch(name)).Except(SettingReads.All)
        );

    [Fact]
    public void The_readme_is_short() =>
        Assert.InRange(Sources.Text(Documents.Readme).TrimEnd().Split('\n').Length, 1, MaxReadmeLines);

    [Theory]
    [MemberData(nameof(AllDocuments))]
    public void Prose_ends_at_120_columns(string document) =>
        ScanAssert.Empty(
            Documents
                .Prose(Sources.Text(document))
                .Where(line => line.Text.Length > MaxColumns)
                .Select(line => $"{document}, line {line.Number}: {line.Text.Length} columns")
        );

    [Fact]
    public void Prose_is_what_stands_outside_code_blocks_and_tables() =>
        Assert.Equal([(1, "a"), (5, "b"), (7, "- c")], Documents.Prose("a\n```\ncode\n```\nb\n| table |\n- c"));

    [Theory]
    [InlineData("| scan | `ScanShard` |", "ScanShard", true)]
    [InlineData("| scan | `ScanShard` |", "scan", false)]
    [InlineData("a queue `scan-poison`", "scan", false)]
    [InlineData("```\nSend --> scan\n```", "scan", true)]
    [InlineData("`POST scan` or so", "scan", true)]
    public void A_name_counts_when_it_is_set_as_code(string markdown, string name, bool named) =>
        Assert.Equal(named, Mentioned(markdown).Contains(name));

    /// <summary>Most queues and tables have everyday names, so only text between backticks counts.</summary>
    private static HashSet<string> Mentioned(string markdown) =>
        [.. CodeMark().Matches(markdown).SelectMany(mark => Name().Matches(mark.Value)).Select(name => name.Value)];

    private static void AssertMentioned(IEnumerable<string> names, IEnumerable<string> documents)
    {
        var wanted = names.ToList();
        Assert.NotEmpty(wanted);
        ScanAssert.Empty(wanted.Except(documents.SelectMany(document => Mentioned(Sources.Text(document)))));
    }

    [GeneratedRegex(@"```[\s\S]*?```|`[^`\n]+`")]
    private static partial Regex CodeMark();

    [GeneratedRegex(@"^[A-Z]\w*?__\w+$")]
    private static partial Regex Member();

    [GeneratedRegex(@"\w+(?:-\w+)*")]
    private static partial Regex Name();
}
