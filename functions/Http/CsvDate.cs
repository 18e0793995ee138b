using System.Globalization;

namespace Dunning.Http;

/// <summary>
/// A day in a spreadsheet. Where day and month could be mistaken for each other, the sender has to say which is first:
/// 03/04/2026 is 3 April or 4 March.
/// </summary>
internal static class CsvDate
{
    /// <summary>The forms that a sender can name, as .NET writes them.</summary>
    public static readonly IReadOnlyList<string> Formats =
    [
        "yyyy-MM-dd",
        "dd.MM.yyyy",
        "d.M.yyyy",
        "dd.MM.yy",
        "dd/MM/yyyy",
        "MM/dd/yyyy",
        "dd-MM-yyyy",
        "yyyyMMdd",
        "yyyy/MM/dd",
    ];

    /// <summary>With one reading each; nobody writes the month before a dot.</summary>
    private static readonly string[] _certain =
    [
        "yyyy-M-d",
        "yyyy/M/d",
        "d.M.yyyy",
        "d MMM yyyy",
        "d MMMM yyyy",
        "d-MMM-yyyy",
        "MMM d, yyyy",
        "MMMM d, yyyy",
        "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>With day or month first.</summary>
    private static readonly string[] _uncertain = ["d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "d/M/yy", "M/d/yy"];

    /// <param name="format">One of <see cref="Formats"/>; null reads only what has one reading.</param>
    public static DateOnly? Parse(string text, string? format) =>
        format is null ? Parse(text, _certain) : Parse(text, [format, WithoutZeros(format)]);

    /// <summary>It is a day, and only the sender knows which.</summary>
    public static bool IsUncertain(string text) => Parse(text, _certain) is null && Parse(text, _uncertain) is not null;

    private static DateOnly? Parse(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and <= 2200
            ? DateOnly.FromDateTime(day)
            : null;

    private static string WithoutZeros(string format) =>
        format.Length == "yyyyMMdd".Length && !format.Contains('.', StringComparison.Ordinal)
            ? format
            : format.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal);
}
