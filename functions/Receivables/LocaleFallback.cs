namespace Dunning.Receivables;

/// <summary>The languages that serve a locale.</summary>
internal static class LocaleFallback
{
    /// <summary>
    /// Its tags in the order to look for: <c>de-AT</c>, then <c>de</c>. An underscore counts as a hyphen.
    /// </summary>
    public static IReadOnlyList<string> TagsOf(string locale)
    {
        var tag = locale.Replace('_', '-');
        return [tag, tag.Split('-')[0]];
    }
}
