namespace Dunning.Http;

internal static class DidYouMean
{
    /// <summary>Limits the time of the comparison, which grows with the square of the length.</summary>
    private const int MaxLength = 64;

    /// <summary>
    /// The known name that was probably meant by an unknown one: it differs in case, separators or at most two letters.
    /// </summary>
    /// <returns>Null when no known name is close enough.</returns>
    public static string? Nearest(string unknown, IEnumerable<string> known)
    {
        if (unknown.Length > MaxLength)
            return null;
        var letters = Letters(unknown);
        var nearest = known
            .Select(name => (Name: name, Distance: Distance(letters, Letters(name))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Min(2, letters.Length / 3) ? nearest.Name : null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Levenshtein, one row at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
