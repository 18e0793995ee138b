namespace Dunning.Http;

/// <summary>RFC 6901, in its fragment form (section 6).</summary>
internal static class JsonPointer
{
    /// <summary>Longer names are cut, so that a response never repeats a whole body.</summary>
    private const int MaxName = 64;

    /// <summary>
    /// One name as a reference token, percent-encoded, so that it contains no control characters or blanks.
    /// </summary>
    public static string Escape(string name)
    {
        var shown = name.Length <= MaxName ? name : $"{name[..(MaxName - 1)]}…";
        return Uri.EscapeDataString(
            shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
        );
    }
}
