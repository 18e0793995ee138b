using System.Text.RegularExpressions;
using Dunning.Local;
using Dunning.Tests.Conventions;

namespace Dunning.Tests.Infra;

public sealed partial class WorkflowTests
{
    private const string Trial = ".github/workflows/try-on-azure.yml";

    /// <summary>A tag can be moved to other code; a commit cannot.</summary>
    [Fact]
    public void Every_action_is_pinned_by_commit()
    {
        var folder = Path.Combine(Repository.Root, ".github", "workflows");
        var used = Directory.GetFiles(folder).SelectMany(file => Used().Matches(File.ReadAllText(file))).ToList();

        Assert.True(used.Count > 10);
        ScanAssert.Empty(used.Select(match => match.Value).Where(use => !Pinned().IsMatch(use)));
    }

    /// <summary>A version of an action has one commit.</summary>
    [Fact]
    public void All_workflows_use_the_same_versions() =>
        ScanAssert.Empty(
            Directory
                .GetFiles(Path.Combine(Repository.Root, ".github", "workflows"))
                .SelectMany(file => Used().Matches(File.ReadAllText(file)))
                .Select(match => match.Value.Trim())
                .Distinct()
                .GroupBy(use => use.Split('@')[0])
                .Where(action => action.Count() > 1)
                .Select(action => string.Join(", ", action))
        );

    [Fact]
    public void The_trial_ends_with_azd_down_whatever_happened_before()
    {
        var text = Sources.Text(Trial).ReplaceLineEndings("\n");

        Assert.Contains("if: always()\n        run: azd down --force --purge", text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, ".ci", "try-deployed.cs")));
        Assert.Contains("dotnet run .ci/try-deployed.cs", text, StringComparison.Ordinal);
    }

    /// <summary>A name that is misspelt would be an empty value.</summary>
    [Fact]
    public void The_trial_sets_only_what_the_template_takes()
    {
        var taken = InfraFiles.OfRepository.Parameters.Values.ToList();
        var set = Sources.Text(Trial).Split('\n').SelectMany(line => Set().Matches(line));

        ScanAssert.Empty(
            set.Select(match => match.Value)
                .Distinct()
                .Where(name => !taken.Exists(value => Regex.IsMatch(value, $@"\{{{name}\b")))
        );
    }

    [GeneratedRegex("(?<=uses: ).+")]
    private static partial Regex Used();

    [GeneratedRegex(@"^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\s*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\bDUNNING_[A-Z_]+\b")]
    private static partial Regex Set();
}
