using System.Globalization;

namespace Azure.Data.Tables;

internal static class Edm
{
    /// <summary>UTC with seven decimals, which is the service's own resolution (100 ns).</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
