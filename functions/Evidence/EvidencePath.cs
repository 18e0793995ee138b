using System.Text.RegularExpressions;

namespace Dunning.Evidence;

/// <summary>Names of files in an evidence pack.</summary>
internal static partial class EvidencePath
{
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig.json";
    private const int MaxLength = 200;

    /// <summary>
    /// True for a relative ASCII path that every system can unpack: folders are separated by <c>/</c>, and no part
    /// starts or ends with a dot, which excludes <c>..</c>, or is the name of a device of Windows.
    /// </summary>
    public static bool IsSafe(string path) =>
        path.Length is > 0 and <= MaxLength
        && path.Split('/').All(part => SafePart().IsMatch(part) && !WindowsDevice().IsMatch(part));

    /// <summary>The same path on systems that do not distinguish case.</summary>
    public static bool IsSame(string path, string other) => path.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name from an unknown archive, without control characters and not endless.</summary>
    public static string Printable(string path)
    {
        var shown = path.Length > MaxLength ? path[..MaxLength] : path;
        return string.Concat(shown.Select(character => character is > '\x1f' and < '\x7f' ? character : '?'));
    }

    [GeneratedRegex(@"^[A-Za-z0-9_@+=,()-]([A-Za-z0-9_@+=,().-]*[A-Za-z0-9_@+=,()-])?\z")]
    private static partial Regex SafePart();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex WindowsDevice();
}
