using System.Globalization;
using System.Xml;

namespace Azure.Data.Tables;

/// <summary>OData literals for the holes of a filter: learn.microsoft.com, "Querying tables and entities".</summary>
internal static class QueryFilter
{
    public static string Format(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]);
    }

    private static string Literal(object? value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset instant => Literal(instant.UtcDateTime),
        DateTime time => $"datetime'{XmlConvert.ToString(time.ToUniversalTime(), XmlDateTimeSerializationMode.RoundtripKind)}'",
        Guid guid => $"guid'{guid:D}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        _ => throw new ArgumentException($"A table filter has no literal for {value?.GetType().ToString() ?? "null"}.", nameof(value)),
    };
}
