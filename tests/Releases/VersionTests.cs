using System.Text.RegularExpressions;
using Dunning.Local;
using Dunning.Monitoring;

namespace Dunning.Tests.Releases;

public sealed class VersionTests
{
    [Fact]
    public void The_release_is_in_the_changelog_and_has_a_recorded_book()
    {
        var changelog = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));
        var newest = Regex.Match(changelog, @"^## \[(\d+\.\d+\.\d+)\]", RegexOptions.Multiline).Groups[1].Value;

        Assert.Equal(newest, Health.Unreachable.Version);
        Assert.Contains(newest, RecordedBook.Releases);
    }
}
