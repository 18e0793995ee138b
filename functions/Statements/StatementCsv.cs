using System.Globalization;
using System.Text;
using System.Text.Json;
using Dunning.Receivables;

namespace Dunning.Statements;

/// <summary>
/// A statement as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, one header, and one record per line,
/// open item and ageing bucket.
/// </summary>
internal static class StatementCsv
{
    private const char ByteOrderMark = '\uFEFF';

    private const string Header =
        "record,currency,date,kind,number,reference,amount,balance,dueDate,originalAmount,paid,daysOverdue,status\r\n";

    public static string Write(Statement statement)
    {
        var csv = new StringBuilder().Append(ByteOrderMark).Append(Header);
        foreach (var currency in statement.Currencies)
        {
            foreach (var record in RecordsOf(currency, statement))
                csv.AppendJoin(',', record.Cells(currency.Currency).Select(Quote)).Append("\r\n");
        }
        return csv.ToString();
    }

    private static IEnumerable<Record> RecordsOf(CurrencyStatement currency, Statement statement)
    {
        yield return new("opening") { Date = statement.From, Balance = currency.Opening };
        foreach (var (movement, balance) in currency.Lines)
            yield return new("line")
            {
                Date = movement.Date,
                Kind = NameOf(movement.Kind.ToString()),
                Number = movement.Invoice.Document.Number,
                Reference = movement.Reference,
                Amount = movement.Amount,
                Balance = balance,
            };
        yield return new("closing") { Date = statement.To, Balance = currency.Closing };
        foreach (var item in currency.OpenItems)
            yield return new("openItem")
            {
                Date = item.Invoice.Document.IssueDate,
                Number = item.Number,
                Amount = item.Open,
                Item = item,
                DaysOverdue = item.DaysOverdue(statement.To),
            };
        foreach (var (name, amount) in BucketsOf(currency.Ageing))
            yield return new("ageing")
            {
                Date = statement.To,
                Kind = NameOf(name),
                Amount = amount,
            };
    }

    private static IEnumerable<(string Name, Money Amount)> BucketsOf(Ageing ageing) =>
        [
            (nameof(ageing.NotDue), ageing.NotDue),
            (nameof(ageing.Days1To30), ageing.Days1To30),
            (nameof(ageing.Days31To60), ageing.Days31To60),
            (nameof(ageing.Days61To90), ageing.Days61To90),
            (nameof(ageing.Over90), ageing.Over90),
            (nameof(ageing.UnusedCredit), -ageing.UnusedCredit),
        ];

    private static string NameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private sealed record Record(string Name)
    {
        public required DateOnly Date { get; init; }
        public string? Kind { get; init; }
        public string? Number { get; init; }
        public string? Reference { get; init; }
        public Money? Amount { get; init; }
        public Money? Balance { get; init; }
        public OpenItem? Item { get; init; }
        public int? DaysOverdue { get; init; }

        public IEnumerable<string> Cells(string currency) =>
            [
                Name,
                currency,
                Text(Date),
                Kind ?? "",
                Harmless(Number),
                Harmless(Reference),
                Text(Amount),
                Text(Balance),
                Text(Item?.DueDate),
                Text(Item?.Original),
                Text(Item?.Paid),
                DaysOverdue?.ToString(CultureInfo.InvariantCulture) ?? "",
                Item?.Invoice switch
                {
                    null => "",
                    { Dunning.Dispute: not null } => "disputed",
                    { Dunning.Hold: not null } => "onHold",
                    { Agreements.Promise: not null } => "promised",
                    { IsCollected: true } => "collected",
                    { CurrentPart: not null } => "inParts",
                    _ => "open",
                },
            ];

        private static string Text(Money? money) => money?.ToDecimalString() ?? "";

        private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

        /// <summary>A spreadsheet would run text that begins like a formula; an apostrophe makes it text.</summary>
        private static string Harmless(string? text) =>
            text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text ?? "";
    }
}
