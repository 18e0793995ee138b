using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>The Markdown files for readers, as paths relative to the root of the repository.</summary>
public static class Documents
{
    public const string Readme = "README.md";
    public const string Settings = "docs/settings.md";

    /// <summary>The README and docs/*.md: every function, queue and table must be named there.</summary>
    public static IReadOnlyList<string> Manual { get; } =
    [
        Readme,
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> All { get; } =
    [.. Manual, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "infra/README.md"];

    /// <summary>The lines outside code blocks and tables, each with its number.</summary>
    public static IEnumerable<(int Number, string Text)> Prose(string markdown)
    {
        var isCode = false;
        foreach (var (index, line) in markdown.Split('\n').Index())
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode && !line.StartsWith('|'))
                yield return (index + 1, line);
        }
    }
}
