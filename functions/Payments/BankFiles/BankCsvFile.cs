using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>A bank's CSV file, with the columns that a person has named.</summary>
internal static class BankCsvFile
{
    /// <exception cref="UnreadableDocumentException">A named column is missing.</exception>
    public static BankFile Read(string text, BankColumns columns)
    {
        using var csv = new CsvReader(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = CsvText.DelimiterOf(text),
                BadDataFound = null,
                MissingFieldFound = null,
                PrepareHeaderForMatch = name => name.Header.ToUpperInvariant(),
                TrimOptions = TrimOptions.Trim,
            }
        );
        var header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord! : [];
        var missing = columns.Names.Except(header, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
            throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                $"The file has no column {string.Join(" and none ", missing.Select(name => $"'{name}'"))}; its columns "
                    + $"are {string.Join(", ", header.Select(name => $"'{name}'"))}."
            );
        List<BankLine> lines = [];
        List<UnreadableLine> unreadable = [];
        var ids = new BankLineId(columns.Account);
        while (csv.Read())
        {
            var number = lines.Count + unreadable.Count + 1;
            var (line, problem) = Read(name => name is null ? "" : csv.GetField(name) ?? "", columns, number, ids);
            if (line is not null)
                lines.Add(line);
            else
                unreadable.Add(new(number, problem!));
        }
        return new BankFile("CSV", lines, unreadable);
    }

    private static (BankLine? Line, string? Problem) Read(
        Func<string?, string> field,
        BankColumns columns,
        int number,
        BankLineId ids
    )
    {
        var dateText = field(columns.Date);
        if (CsvDate.Parse(dateText, columns.DateFormat) is not { } date)
            return (null, $"'{columns.Date}': '{dateText}' is no date of the form {columns.DateFormat}.");
        var amountText = field(columns.Amount ?? columns.Credit);
        var currency = columns.CurrencyCode ?? field(columns.Currency).ToUpperInvariant();
        // Of a file with a column for each direction, this line is of the other one.
        var plain =
            amountText.Length == 0 && columns.Credit is not null ? "0" : CsvAmount.Parse(amountText, columns.Decimal);
        if (plain is null || !Money.TryParse(plain, currency, out var amount, out _))
            return (
                null,
                $"'{columns.Amount ?? columns.Credit}': '{amountText}' is no amount in '{currency}' with "
                    + $"'{columns.Decimal}' before the decimals."
            );
        var (payer, reference, text) = (field(columns.Payer), field(columns.Reference), field(columns.Text));
        var id = field(columns.Id) is { Length: > 0 } own ? own : null;
        return (
            new BankLine(
                number,
                ids.Create(id, date, amount, payer, reference, text),
                date,
                amount,
                payer.Length > 0 ? payer : null,
                reference.Length > 0 ? reference : null,
                text
            ),
            null
        );
    }
}
