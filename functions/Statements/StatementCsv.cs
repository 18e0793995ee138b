using System.Text.Json;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Statements;

/// <summary>
/// A statement as CSV: one record per line of the account, open item and ageing bucket.
/// </summary>
internal static class StatementCsv
{
    private const string Header =
        "record,currency,date,kind,number,reference,amount,balance,dueDate,originalAmount,paid,daysOverdue,status";

    public static string Write(Statement statement) =>
        Csv.Write(
            Header.Split(','),
            from currency in statement.Currencies
            from record in RecordsOf(currency, statement)
            select record.Cells(currency.Currency)
        );

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

        public IEnumerable<object?> Cells(string currency) =>
            [
                Name,
                currency,
                Date,
                Kind,
                Number,
                Reference,
                Amount,
                Balance,
                Item?.DueDate,
                Item?.Original,
                Item?.Paid,
                DaysOverdue,
                Status,
            ];

        private string? Status =>
            Item?.Invoice switch
            {
                null => null,
                { Dunning.Dispute: not null } => "disputed",
                { Dunning.Hold: not null } => "onHold",
                { Agreements.Promise: not null } => "promised",
                { IsCollected: true } => "collected",
                { CurrentPart: not null } => "inParts",
                _ => "open",
            };
    }
}
