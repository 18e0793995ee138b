using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Invoices.Files;

/// <summary>
/// A CSV export with invoices: finds the header under the titles, groups the rows of one invoice, and passes over group
/// and total rows.
/// </summary>
internal static class CsvInvoiceFile
{
    private const int MaxTitleRows = 30;

    private static readonly string[] _delimiters = [",", ";", "\t", "|"];

    /// <exception cref="UnreadableDocumentException">No row is a known header, or has the named columns.</exception>
    public static InvoiceFile Read(string text, InvoiceFileOptions options)
    {
        var (layout, rows) = FindHeader(text, options);
        var reader = new CsvInvoiceRows(layout, options);
        foreach (var row in rows.Where(row => row.Number > layout.HeaderRow))
            reader.Add(row);
        return new InvoiceFile($"{layout.Preset.Name} (CSV)", reader.Invoices(), reader.Questions());
    }

    private static (CsvLayout Layout, IReadOnlyList<CsvRow> Rows) FindHeader(string text, InvoiceFileOptions options)
    {
        IReadOnlyList<InvoicePreset> presets =
            options.Columns.Count > 0 ? [InvoicePreset.Named(options.Columns)] : InvoicePreset.All;
        CsvRow? widest = null;
        foreach (var delimiter in _delimiters)
        {
            var rows = Parse(text, delimiter);
            foreach (var row in rows.Take(MaxTitleRows))
            {
                if (InvoicePreset.Of(presets, row.Cells) is { } preset)
                    return (new CsvLayout(preset, row), rows);
                if (widest is null || row.Cells.Count > widest.Cells.Count)
                    widest = row;
            }
        }
        var found = string.Join(", ", (widest?.Cells ?? []).Where(cell => cell.Length > 0).Select(cell => $"'{cell}'"));
        var missing = options.Columns.Values.Except(widest?.Cells ?? [], StringComparer.OrdinalIgnoreCase).ToList();
        throw new UnreadableDocumentException(
            422,
            "unsupported-document",
            options.Columns.Count > 0
                ? $"The file has no column {string.Join(" and none ", missing.Select(name => $"'{name}'"))}; its "
                    + $"columns are {found}."
                : $"The header is none that is known: {found}. Name its columns in the address, for example "
                    + "?number=…&issueDate=…&dueDate=…&amountDue=…&currency=…&customerName=…"
        );
    }

    /// <returns>The rows that are not empty.</returns>
    private static List<CsvRow> Parse(string text, string delimiter)
    {
        List<CsvRow> rows = [];
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter,
                BadDataFound = null,
                IgnoreBlankLines = false,
                TrimOptions = TrimOptions.Trim,
            }
        );
        while (parser.Read())
        {
            string[] cells = [.. parser.Record!.Select(cell => InvisibleCharacters.Remove(cell).Trim())];
            if (cells.Any(cell => cell.Length > 0))
                rows.Add(new CsvRow(parser.Row, cells));
        }
        return rows;
    }
}

/// <param name="Number">From 1, as a spreadsheet shows it.</param>
internal sealed record CsvRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>A title, or the name of a group.</summary>
    public bool HasOnlyFirstCell => Cells[0].Length > 0 && Cells.Skip(1).All(cell => cell.Length == 0);

    public bool IsTotal =>
        Cells.FirstOrDefault(cell => cell.Length > 0)?.StartsWith("total", StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>Which cell of a row holds which field.</summary>
internal sealed class CsvLayout(InvoicePreset preset, CsvRow header)
{
    private readonly Dictionary<InvoiceField, int> _positions = preset
        .Columns.Select(column =>
            (column.Key, Position: header.Cells.ToList().FindIndex(cell => InvoicePreset.IsColumn(cell, column.Value)))
        )
        .Where(column => column.Position >= 0)
        .ToDictionary(column => column.Key, column => column.Position);

    public InvoicePreset Preset => preset;

    public int HeaderRow => header.Number;

    public bool Has(InvoiceField field) => _positions.ContainsKey(field);

    /// <summary>The name of the column in the file.</summary>
    public string NameOf(InvoiceField field) =>
        _positions.TryGetValue(field, out var position) ? header.Cells[position] : InvoiceFields.NameOf(field);

    /// <returns>Empty where the file has no such column.</returns>
    public string Text(CsvRow row, InvoiceField field) =>
        _positions.TryGetValue(field, out var position) && position < row.Cells.Count ? row.Cells[position] : "";
}
