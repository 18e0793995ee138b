using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Local;

namespace Dunning.Tests.Conventions;

public sealed partial class DocumentTests
{
    public static TheoryData<string> AllDocuments => [.. Documents.All];

    [Theory]
    [MemberData(nameof(AllDocuments))]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;

        ScanAssert.Empty(
            Link()
                .Matches(Sources.Text(document))
                .Select(link => link.Groups[1].Value)
                .Where(target =>
                    !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target))
                )
        );
    }

    [Fact]
    public void The_checklist_has_every_point_once() =>
        Assert.Equal(
            Enumerable.Range(1, 45),
            Row()
                .Matches(Sources.Text("docs/checklist.md"))
                .Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture))
        );

    [GeneratedRegex(@"\]\(<?([^)#>\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
