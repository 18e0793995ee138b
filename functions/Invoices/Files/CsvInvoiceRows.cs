using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Http;
using Dunning.Http.Validation;
using static Dunning.Invoices.Files.InvoiceField;

namespace Dunning.Invoices.Files;

/// <summary>Makes invoices of the rows of a CSV file; many tools write one row per line of an invoice.</summary>
internal sealed class CsvInvoiceRows(CsvLayout layout, InvoiceFileOptions options)
{
    private static readonly InvoiceField[] _dates = [IssueDate, DueDate];
    private static readonly InvoiceField[] _amounts = [AmountDue, AmountTotal, AmountPaid, LineTotal];

    /// <summary>What all rows of one invoice must say alike.</summary>
    private static readonly InvoiceField[] _shared =
    [
        CustomerName,
        IssueDate,
        DueDate,
        AmountDue,
        AmountTotal,
        InvoiceField.Currency,
    ];

    private readonly List<FileInvoice> _passedOver = [];
    private readonly List<(CsvRow Row, string Customer)> _rows = [];
    private string _customer = "";

    public void Add(CsvRow row)
    {
        var number = layout.Text(row, Number);
        // A customer may be called Total; a total has amounts.
        if (layout.Preset.HasCustomerRows && row.HasOnlyFirstCell)
            _customer = row.Cells[0];
        else if (row.IsTotal && (number.Length == 0 || row.Cells[0] == number && IsWithoutDays(row)))
        {
            PassOver(row, "it is a total");
            _customer = "";
        }
        else if (number.Length == 0 && CustomerOf(row, "").Length == 0)
            PassOver(row, "it has neither a number nor a customer: a title or the name of a group");
        else if (MeaningOf(row) is { Skip: { } why })
            PassOver(row, why);
        else
            _rows.Add((row, _customer));
    }

    /// <returns>In the order of their first rows.</returns>
    public IReadOnlyList<FileInvoice> Invoices() =>
        [
            .. _rows
                // Rows without a number have nothing in common.
                .Select(
                    (one, i) => (one.Row, one.Customer, Key: KeyOf(one.Row) is { Length: > 0 } key ? key : $"\n{i}")
                )
                .GroupBy(one => (one.Key, one.Customer))
                .Select(invoice => Read([.. invoice.Select(one => one.Row)], invoice.Key.Customer))
                .Concat(_passedOver)
                .OrderBy(invoice => invoice.Rows[0]),
        ];

    /// <summary>What has two readings in the file, with an example of each.</summary>
    public IReadOnlyList<FieldProblem> Questions()
    {
        List<FieldProblem> questions = [];
        if (options.DateFormat is null && First(_dates, CsvDate.IsUncertain) is { } date)
            questions.Add(
                new(
                    "#/dateFormat",
                    "date_order_unknown",
                    $"Row {date.Row}, '{layout.NameOf(date.Field)}': '{date.Text}' has two readings. Say which the "
                        + "file means: dateFormat=dd/MM/yyyy for the day first, or dateFormat=MM/dd/yyyy."
                )
            );
        if (options.Decimal is null && First(_amounts, CsvAmount.IsUncertain) is { } amount)
            questions.Add(
                new(
                    "#/decimal",
                    "decimal_sign_unknown",
                    $"Row {amount.Row}, '{layout.NameOf(amount.Field)}': '{amount.Text}' has two readings. Say which "
                        + "sign stands before the decimals: decimal=, or decimal=."
                )
            );
        if (options.CurrencyCode is null && First([InvoiceField.Currency], text => text.Length == 0) is { } without)
            questions.Add(
                new(
                    "#/currencyCode",
                    "currency_unknown",
                    $"Row {without.Row} has no currency. Choose one for all rows without one: currencyCode=EUR, for "
                        + "example."
                )
            );
        return questions;
    }

    private (int Row, InvoiceField Field, string Text)? First(
        IEnumerable<InvoiceField> fields,
        Func<string, bool> isQuestion
    )
    {
        foreach (var (row, _) in _rows)
        {
            foreach (var field in fields)
            {
                if (layout.Text(row, field) is var text && isQuestion(text))
                    return (row.Number, field, text);
            }
        }
        return null;
    }

    private bool IsWithoutDays(CsvRow row) => _dates.All(field => layout.Text(row, field).Length == 0);

    private void PassOver(CsvRow row, string why) =>
        _passedOver.Add(new FileInvoice([row.Number]) { Skipped = why, Number = layout.Text(row, Number) });

    private string KeyOf(CsvRow row) =>
        layout.Text(row, ExternalId) is { Length: > 0 } id ? id : layout.Text(row, Number);

    private string CustomerOf(CsvRow row, string group) =>
        layout.Text(row, CustomerName) is { Length: > 0 } name ? name : group;

    /// <summary>Of the kind and the status together; null where one of the words is not known.</summary>
    private RowMeaning? MeaningOf(CsvRow row)
    {
        var meanings = new[] { Kind, Status }
            .Select(field => layout.Preset.MeaningOf(layout.Text(row, field)))
            .ToList();
        return meanings is [{ } kind, { } status]
            ? new RowMeaning(
                status.Status ?? kind.Status,
                kind.Kind ?? status.Kind,
                kind.Skip ?? status.Skip,
                kind.WhyRefused ?? status.WhyRefused
            )
            : null;
    }

    private FileInvoice Read(IReadOnlyList<CsvRow> rows, string group)
    {
        var first = rows[0];
        var problems = new List<FieldProblem>();
        var meaning = MeaningOf(first);
        if (meaning is null)
        {
            var field = layout.Preset.MeaningOf(layout.Text(first, Kind)) is null ? Kind : Status;
            problems.Add(
                Problem(
                    first,
                    field,
                    "unknown_value",
                    $"'{layout.Text(first, field)}' is not known; it may be {layout.Preset.KnownWords}"
                )
            );
        }
        else if (meaning.WhyRefused is { } whyRefused)
            problems.Add(Problem(first, Status, "not_enough_said", whyRefused));
        foreach (var field in _shared)
        {
            if (rows.FirstOrDefault(row => layout.Text(row, field) != layout.Text(first, field)) is { } other)
                problems.Add(
                    new(
                        $"#/{InvoiceFields.NameOf(field)}",
                        "rows_differ",
                        $"Rows {first.Number} and {other.Number} have the number {layout.Text(first, Number)} with "
                            + $"different '{layout.NameOf(field)}'. Which is right?"
                    )
                );
        }
        var json = JsonOf(rows, group, meaning ?? new(), problems);
        return new FileInvoice([.. rows.Select(row => row.Number)])
        {
            Json = problems.Count == 0 ? json : null,
            Problems = problems,
            Number = layout.Text(first, Number),
            CustomerKey = layout.Text(first, CustomerId) is { Length: > 0 } id ? id : CustomerOf(first, group),
        };
    }

    private JsonObject JsonOf(IReadOnlyList<CsvRow> rows, string group, RowMeaning meaning, List<FieldProblem> problems)
    {
        var row = rows[0];
        var due = DateOf(row, DueDate, problems);
        var json = new JsonObject
        {
            ["externalId"] = KeyOf(row),
            ["source"] = options.Source ?? layout.Preset.Source,
            ["number"] = layout.Text(row, Number),
            ["issueDate"] = DateOf(row, IssueDate, problems) ?? due,
            ["dueDate"] = due,
            ["currency"] = layout.Text(row, InvoiceField.Currency) is { Length: > 0 } own ? own : options.CurrencyCode,
            ["amountDue"] = AmountDueOf(rows, meaning, problems),
            ["amountTotal"] = AmountOf(row, AmountTotal, problems) is { } total ? Text(Signed(total, meaning)) : null,
            ["kind"] = meaning.Kind,
            ["status"] = meaning.Status,
            ["orderReference"] = TextOf(row, OrderReference),
            ["customer"] = new JsonObject
            {
                ["externalId"] = TextOf(row, CustomerId),
                ["name"] = CustomerOf(row, group),
                ["email"] = TextOf(row, CustomerEmail),
                ["phone"] = TextOf(row, CustomerPhone),
                ["country"] = TextOf(row, Country),
                ["address"] = TextOf(row, AddressLine1) is null && TextOf(row, City) is null ? null : AddressOf(row),
            },
        };
        return InvoiceJson.AddOptions(InvoiceJson.WithoutEmpty(json), options);
    }

    private JsonObject AddressOf(CsvRow row) =>
        new()
        {
            ["line1"] = TextOf(row, AddressLine1),
            ["line2"] = TextOf(row, AddressLine2),
            ["postalCode"] = TextOf(row, PostalCode),
            ["city"] = TextOf(row, City),
            ["region"] = TextOf(row, Region),
            ["country"] = TextOf(row, Country),
        };

    private string? TextOf(CsvRow row, InvoiceField field) =>
        layout.Text(row, field) is { Length: > 0 } text ? text : null;

    private string? DateOf(CsvRow row, InvoiceField field, List<FieldProblem> problems)
    {
        if (TextOf(row, field) is not { } text)
            return null;
        if (CsvDate.Parse(text, options.DateFormat) is { } day)
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        problems.Add(
            Problem(
                row,
                field,
                "not_a_date",
                $"'{text}' is not a day"
                    + (options.DateFormat is { } format ? $" of the form {format}" : "; write it as 2026-01-31")
            )
        );
        return null;
    }

    private string? AmountDueOf(IReadOnlyList<CsvRow> rows, RowMeaning meaning, List<FieldProblem> problems)
    {
        var row = rows[0];
        if (AmountOf(row, AmountDue, problems) is { } due)
            return Text(Signed(due, meaning));
        if (meaning.Status is "paid" or "void" or "writtenOff")
            return "0";
        if (layout.Has(LineTotal))
        {
            var lines = rows.Select(line => AmountOf(line, LineTotal, problems)).ToList();
            return lines.Contains(null) ? null : Text(Signed(lines.Sum(line => line!.Value), meaning));
        }
        return AmountOf(row, AmountTotal, problems) is { } total && AmountOf(row, AmountPaid, problems) is { } paid
            ? Text(Signed(total - paid, meaning))
            : null;
    }

    /// <summary>Null where the cell is empty or no amount.</summary>
    private decimal? AmountOf(CsvRow row, InvoiceField field, List<FieldProblem> problems)
    {
        if (TextOf(row, field) is not { } text)
            return null;
        if (CsvAmount.Parse(text, options.Decimal) is { } amount)
            return decimal.Parse(amount, CultureInfo.InvariantCulture);
        if (!problems.Exists(problem => problem.Pointer == $"#/{InvoiceFields.NameOf(field)}"))
            problems.Add(
                Problem(
                    row,
                    field,
                    "not_an_amount",
                    $"'{text}' is not an amount; expected like {(options.Decimal is ',' ? "1.234,50" : "1,234.50")}"
                )
            );
        return null;
    }

    /// <summary>Some tools write what is owed to the customer with a minus, and some without.</summary>
    private static decimal Signed(decimal amount, RowMeaning meaning) =>
        meaning.Kind is "creditNote" ? -Math.Abs(amount) : amount;

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private FieldProblem Problem(CsvRow row, InvoiceField field, string code, string what) =>
        new($"#/{InvoiceFields.NameOf(field)}", code, $"Row {row.Number}, '{layout.NameOf(field)}': {what}");
}
