namespace Dunning.Tests.Fixtures;

/// <summary>
/// Real payloads and documents, stored beside the repository on the CI machine; a clone does not contain them.
/// </summary>
public static class SharedFixtures
{
    /// <summary>
    /// The folder <c>shared/fixtures</c> in a parent folder of the tests or in DUNNING_SHARED; null when there is none.
    /// </summary>
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
