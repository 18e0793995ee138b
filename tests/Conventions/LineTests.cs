using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>Lines end at 120 columns. CSharpier lays out the code but does not break comments and strings.</summary>
public sealed class LineTests
{
    private const int Columns = 120;

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void A_line_of_code_has_at_most_120_columns(string folder) =>
        ScanAssert.Empty(
            from path in Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder),
                "*.cs",
                SearchOption.AllDirectories
            )
            where !IsGenerated(Path.GetRelativePath(Repository.Root, path))
            from line in LongLines(File.ReadAllText(path), allowsLongStrings: folder == "tests")
            select $"{Path.GetRelativePath(Repository.Root, path)}:{line}"
        );

    [Fact]
    public void A_long_line_is_noticed_and_one_of_a_raw_string_is_not()
    {
        var longText = new string('x', Columns + 1);

        Assert.Equal([2], LongLines($"short\n{longText}", allowsLongStrings: true));
        Assert.Empty(LongLines($"var a = \"\"\"\n{longText}\n\"\"\";", allowsLongStrings: false));
        Assert.Empty(LongLines($"[InlineData(\"{longText}\")]", allowsLongStrings: true));
    }

    /// <param name="allowsLongStrings">Test data may exceed the limit; texts of the app may not.</param>
    private static IEnumerable<int> LongLines(string text, bool allowsLongStrings)
    {
        var isRaw = false;
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (line.Length > Columns && !isRaw && !(allowsLongStrings && line.Contains('"', StringComparison.Ordinal)))
                yield return number + 1;
            if (line.Split("\"\"\"").Length % 2 == 0)
                isRaw = !isRaw;
        }
    }

    private static bool IsGenerated(string path) =>
        path.Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules");
}
