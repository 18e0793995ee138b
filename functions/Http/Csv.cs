using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dunning.Receivables;

namespace Dunning.Http;

/// <summary>CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, comma, ISO dates, decimal points.</summary>
internal static partial class Csv
{
    private const char ByteOrderMark = '\uFEFF';

    /// <param name="records">Cells are text, dates, amounts and numbers; null for an empty one.</param>
    public static string Write(IEnumerable<string> header, IEnumerable<IEnumerable<object?>> records)
    {
        var csv = new StringBuilder().Append(ByteOrderMark).AppendJoin(',', header).Append("\r\n");
        foreach (var record in records)
            csv.AppendJoin(',', record.Select(cell => Quote(Text(cell)))).Append("\r\n");
        return csv.ToString();
    }

    private static string Text(object? cell) =>
        cell switch
        {
            null => "",
            Money money => money.ToDecimalString(),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            int number => number.ToString(CultureInfo.InvariantCulture),
            _ => Harmless(cell.ToString()!),
        };

    /// <summary>
    /// A spreadsheet would run text that begins like a formula; an apostrophe makes it text. Blanks before it do not
    /// stop a spreadsheet, and some begin a new cell with each line (OWASP, CSV injection).
    /// </summary>
    private static string Harmless(string text) => FormulaPattern().Replace(text, "'");

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    [GeneratedRegex(@"^(?=[\p{Z}\p{Cf}]*[=+\-@\t\r])", RegexOptions.Multiline)]
    private static partial Regex FormulaPattern();
}
