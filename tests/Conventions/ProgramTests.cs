using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;

namespace Dunning.Tests.Conventions;

/// <summary><c>functions/Program.cs</c> is compiled with Azure's packages only: what it takes from them is little, and is written down.</summary>
public sealed partial class ProgramTests
{
    private static readonly Type[] s_everywhere = [typeof(Composition), typeof(Settings), typeof(Telemetry), typeof(IHost), typeof(HostingAbstractionsHostExtensions), typeof(CancellationToken)];

    /// <summary>By name: members that the local edition has as well.</summary>
    private static readonly HashSet<string> s_local = [.. s_everywhere.SelectMany(type => type.GetMembers()).Select(member => member.Name)];

    private static string Section { get; } = SectionOf(Sources.Text("docs/deploy.md"), "## Compiled only for Azure");

    [Fact]
    public void What_it_uses_beyond_the_local_edition_is_in_the_deploy_guide() =>
        Assert.Equal(UsedIn(Sources.Text("functions/Program.cs")), WrittenIn(Section));

    /// <summary>But for those that the guide says are not in the lists.</summary>
    [Fact]
    public void Each_of_them_is_a_member_of_an_official_package()
    {
        var official = Directory.EnumerateFiles(Path.Combine(Dunning.Local.Repository.Root, "tests/Conventions/sdk-surface")).Select(File.ReadAllText).ToList();

        var listed = string.Join('\n', Section.Split('\n').Where(line => !line.Contains("(not in sdk-surface)", StringComparison.Ordinal)));

        Assert.NotEmpty(WrittenIn(listed));
        Found.Nothing(WrittenIn(listed).Where(name => !official.Exists(list => list.Contains($"::{name} ", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_member_is_seen_wherever_it_stands() => Assert.Equal(
        ["AddCloud", "CreateBuilder", "Key"], UsedIn("using A.B;\nvar b = X.CreateBuilder(args);\nb.Services.AddCloud(o => o.Key = 1); // b.Gone\nawait b.RunAsync();"));

    private static string[] UsedIn(string program) =>
        [.. Member().Matches(Using().Replace(CSharpText.CodeOf(program), "")).Select(m => m.Groups[1].Value).Except(s_local).Distinct().Order(StringComparer.Ordinal)];

    private static string[] WrittenIn(string section) =>
        [.. Item().Matches(section).SelectMany(item => Mark().Matches(item.Value)).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static string SectionOf(string markdown, string heading)
    {
        var rest = markdown[(markdown.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..];
        return rest.IndexOf("\n## ", StringComparison.Ordinal) is > 0 and var end ? rest[..end] : rest;
    }

    [GeneratedRegex(@"^using [\w.]+;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\.([A-Z]\w*)")]
    private static partial Regex Member();

    [GeneratedRegex("^- .*", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex(@"`(?:\w+\.)?(\w+)`")]
    private static partial Regex Mark();
}
