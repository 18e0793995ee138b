namespace Azure.Communication.Email;

internal static class ConnectionString
{
    /// <summary>
    /// Pairs of <c>name=value</c> between semicolons; values may contain equals signs, as base64 does.
    /// </summary>
    public static Dictionary<string, string> Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new FormatException("A connection string consists of name=value pairs between semicolons.");
            settings[pair[..equals]] = pair[(equals + 1)..];
        }
        return settings;
    }
}
