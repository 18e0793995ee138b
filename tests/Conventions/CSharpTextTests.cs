namespace Dunning.Tests.Conventions;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a(); // Hidden", "Hidden", false)]
    [InlineData("/// <see cref=\"Hidden\"/>\na();", "Hidden", false)]
    [InlineData("/* Hidden\n Hidden */ Seen();", "Hidden", false)]
    [InlineData("/* Hidden\n Hidden */ Seen();", "Seen", true)]
    [InlineData("a(\"Hidden // \\\" Hidden\"); Seen();", "Hidden", false)]
    [InlineData("a(\"Hidden // \\\" Hidden\"); Seen();", "Seen", true)]
    [InlineData("a(@\"Hidden \\\"); Seen();", "Seen", true)]
    [InlineData("a(\"\"\"Hidden \" Hidden\"\"\"); Seen();", "Hidden", false)]
    [InlineData("a('\"', '\\'', Seen, '\"');", "Seen", true)]
    [InlineData("a($\"Hidden {Seen} Hidden\");", "Hidden", false)]
    [InlineData("a($\"Hidden {Seen(\"Hidden\")} Hidden\");", "Hidden", false)]
    [InlineData("a($\"Hidden {Seen(\"Hidden\")} {{Hidden}}\"); b();", "Seen", true)]
    [InlineData("a($\"https://{b(\"x\")}.y\"); Seen();", "Seen", true)]
    public void Comments_and_strings_are_no_code(string text, string word, bool seen) =>
        Assert.Equal(seen, CSharpText.CodeOf(text).Contains(word, StringComparison.Ordinal));
}
