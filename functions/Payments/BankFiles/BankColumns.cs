using Dunning.Http;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// What the columns of a bank's CSV file mean, by the names in its first line. Dates and decimals are never guessed:
/// 03/04/2026 has two readings, and so has 1.234.
/// </summary>
/// <param name="Amount">With a sign; null where <paramref name="Credit"/> has what came in.</param>
/// <param name="Credit">Only what came in; the other lines are empty there.</param>
/// <param name="Currency">The column; null where <paramref name="CurrencyCode"/> is that of all lines.</param>
/// <param name="DateFormat">Of .NET: <c>dd.MM.yyyy</c>, for example.</param>
/// <param name="Decimal"><c>,</c> or <c>.</c>; the other one may group digits.</param>
internal sealed record BankColumns(
    string Date,
    string DateFormat,
    string? Amount,
    string? Credit,
    char Decimal,
    string? Currency,
    string? CurrencyCode
)
{
    private const string InvalidTitle = "The columns are not named";

    public string? Payer { get; init; }
    public string? Reference { get; init; }
    public string? Text { get; init; }

    /// <summary>The bank's id of the movement.</summary>
    public string? Id { get; init; }

    /// <summary>The creditor's account: files of several accounts must not be mixed up.</summary>
    public string Account { get; init; } = "";

    public static (BankColumns? Columns, ApiResult? Error) Read(IQueryCollection query)
    {
        var errors = new ValidationErrors(strict: true);
        var columns = new BankColumns(
            Required("date"),
            Required("dateFormat"),
            Find("amount"),
            Find("credit"),
            Required("decimal") is [',' or '.'] text ? text[0] : '\0',
            Find("currency"),
            Find("currencyCode")?.ToUpperInvariant()
        )
        {
            Payer = Find("payer"),
            Reference = Find("reference"),
            Text = Find("text"),
            Id = Find("id"),
            Account = Find("account") ?? "",
        };
        if (columns.DateFormat.Length > 0 && !CsvDate.Formats.Contains(columns.DateFormat))
            errors.Refuse("#/dateFormat", new("unknown_value", $"write one of {string.Join(", ", CsvDate.Formats)}"));
        if (columns.Decimal is '\0' && query.ContainsKey("decimal"))
            errors.Refuse("#/decimal", new("unknown_value", "write , or ."));
        if (columns.Amount is null == columns.Credit is null)
            errors.Refuse(
                "#/amount",
                new("required", "write the column of the signed amount, or as 'credit' that of the money that came in")
            );
        if (columns.Currency is null == columns.CurrencyCode is null)
            errors.Refuse(
                "#/currency",
                new("required", "write the column of the currency, or as 'currencyCode' that of all lines, such as EUR")
            );
        return errors.Problems.Count == 0 ? (columns, null) : (null, ApiResult.Invalid(InvalidTitle, errors.Problems));

        string? Find(string name) => query[name].ToString().Trim() is { Length: > 0 } value ? value : null;

        string Required(string name)
        {
            if (Find(name) is { } value)
                return value;
            errors.Refuse($"#/{name}", new("required", "add it to the query of the address"));
            return "";
        }
    }

    /// <summary>The columns that the file must have.</summary>
    public IEnumerable<string> Names =>
        new[] { Date, Amount, Credit, Currency, Payer, Reference, Text, Id }.OfType<string>();
}
