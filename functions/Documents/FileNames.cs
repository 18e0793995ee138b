using System.Text.RegularExpressions;

namespace Dunning.Documents;

/// <summary>Makes a name from outside the name of a file: no path, no sign that a system reserves.</summary>
internal static partial class FileNames
{
    private const int MaxLength = 80;

    public static string Clean(string name)
    {
        var clean = Reserved().Replace(name, "-").Trim(' ', '.', '-');
        return clean.Length == 0 ? "document" : clean[..Math.Min(clean.Length, MaxLength)].TrimEnd();
    }

    [GeneratedRegex(@"[\p{C}<>:""/\\|?*]+")]
    private static partial Regex Reserved();
}
