using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>Lines end at 120 columns. Layout is CSharpier's, which breaks all but comments and strings.</summary>
public sealed class LineTests
{
    private const int Columns = 120;

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void A_line_of_code_has_at_most_120_columns(string folder) =>
        Found.Nothing(
            from path in Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder),
                "*.cs",
                SearchOption.AllDirectories
            )
            where !IsGenerated(Path.GetRelativePath(Repository.Root, path))
            from line in LongLines(File.ReadAllText(path), takesStrings: folder == "tests")
            select $"{Path.GetRelativePath(Repository.Root, path)}:{line}"
        );

    [Fact]
    public void A_long_line_is_noticed_and_one_of_a_raw_string_is_not()
    {
        var long_ = new string('x', Columns + 1);

        Assert.Equal([2], LongLines($"short\n{long_}", takesStrings: true));
        Assert.Empty(LongLines($"var a = \"\"\"\n{long_}\n\"\"\";", takesStrings: false));
        Assert.Empty(LongLines($"[InlineData(\"{long_}\")]", takesStrings: true));
    }

    /// <param name="takesStrings">Test data is written as it is; a text of the product is broken.</param>
    private static IEnumerable<int> LongLines(string text, bool takesStrings)
    {
        var isRaw = false;
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (line.Length > Columns && !isRaw && !(takesStrings && line.Contains('"', StringComparison.Ordinal)))
                yield return number + 1;
            if (line.Split("\"\"\"").Length % 2 == 0)
                isRaw = !isRaw;
        }
    }

    private static bool IsGenerated(string path) =>
        path.Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules");
}
