namespace Dunning.Http;

/// <summary>RFC 6901, in its fragment form (section 6).</summary>
internal static class JsonPointer
{
    /// <summary>Longer names are cut: an answer never repeats whole bodies.</summary>
    private const int MaxName = 64;

    /// <summary>
    /// One name as a step of a pointer: without control characters, blanks or anything else that text could hide
    /// behind.
    /// </summary>
    public static string Escape(string name)
    {
        var shown = name.Length <= MaxName ? name : $"{name[..(MaxName - 1)]}…";
        return Uri.EscapeDataString(
            shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
        );
    }
}
