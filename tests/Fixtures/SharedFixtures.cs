namespace Dunning.Tests.Fixtures;

/// <summary>
/// Real payloads and documents that lie beside the repository on the CI machine; a user's clone has none of them.
/// </summary>
public static class SharedFixtures
{
    /// <summary>The folder <c>shared/fixtures</c> above the tests, or that under DUNNING_SHARED, or null.</summary>
    public static string? Root { get; } = Candidates().FirstOrDefault(Directory.Exists);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root!, path));

    private static IEnumerable<string> Candidates()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "fixtures");
        if (Environment.GetEnvironmentVariable("DUNNING_SHARED") is { Length: > 0 } shared)
            yield return Path.Combine(shared, "fixtures");
    }
}
