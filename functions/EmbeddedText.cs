namespace Dunning;

/// <summary>The policies, calendars, language files and templates that are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    /// <param name="name">Path below <c>functions/</c>, with <c>/</c> between folders.</param>
    /// <exception cref="InvalidOperationException">The file is not embedded.</exception>
    public static string Read(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded file {name} is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>All files below a folder, with their text.</summary>
    public static IEnumerable<(string Name, string Text)> ReadAll(string folder) =>
        typeof(EmbeddedText)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(name => (name, Read(name)));
}
