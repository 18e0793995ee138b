using System.Text.RegularExpressions;

namespace Dunning.Evidence.Cases;

/// <summary>Names of the files or folders in one folder of a pack: safe, and each one different.</summary>
internal sealed partial class PackNames
{
    private const int MaxLength = 60;
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="fallback">For a text of which nothing is left.</param>
    public string Add(string text, string fallback)
    {
        var name = Clean(text, fallback);
        var (stem, extension) = Split(name);
        for (var n = 2; !_taken.Add(name); n++)
            name = $"{stem}-{n}{extension}";
        return name;
    }

    /// <summary>One part of a path that <see cref="EvidencePath.IsSafe"/> allows.</summary>
    public static string Clean(string text, string fallback)
    {
        var (stem, extension) = Split(Trimmed(text));
        // The end of a long name is its extension.
        var name = Trimmed(stem[..Math.Min(stem.Length, MaxLength - extension.Length)] + extension);
        return name.Length == 0 ? fallback
            : EvidencePath.IsSafe(name) ? name
            : $"{fallback}-{name}";
    }

    private static string Trimmed(string text) => Unsafe().Replace(text, "-").Trim('-', '.');

    private static (string Stem, string Extension) Split(string name)
    {
        var extension = Path.GetExtension(name);
        return extension.Length is > 1 and <= 10 ? (name[..^extension.Length], extension) : (name, "");
    }

    [GeneratedRegex("[^A-Za-z0-9_@+=,().-]+")]
    private static partial Regex Unsafe();
}
