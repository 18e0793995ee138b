using Dunning.Evidence;
using Dunning.Evidence.Cases;

namespace Dunning.Tests.Evidence;

public sealed class PackNamesTests
{
    [Theory]
    [InlineData("HF-1", "HF-1")]
    [InlineData("HF/1", "HF-1")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("חשבונית", "file")]
    [InlineData("Größe 1.pdf", "Gr-e-1.pdf")]
    [InlineData("con", "file-con")]
    [InlineData("aux.pdf", "file-aux.pdf")]
    [InlineData("a\0b\r\nc", "a-b-c")]
    [InlineData(".hidden.", "hidden")]
    public void A_name_becomes_safe(string text, string expected)
    {
        Assert.Equal(expected, PackNames.Clean(text, fallback: "file"));
        Assert.True(EvidencePath.IsSafe(expected));
    }

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = PackNames.Clean(new string('x', 500) + ".pdf", fallback: "file");

        Assert.Equal(60, name.Length);
        Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_only_in_capitals_are_told_apart()
    {
        var names = new PackNames();

        Assert.Equal(
            ["a.pdf", "A-2.pdf", "a-3.pdf"],
            new[] { "a.pdf", "A.pdf", "a.pdf" }.Select(text => names.Add(text, fallback: "file"))
        );
    }
}
