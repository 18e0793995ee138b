using static Dunning.Invoices.Files.InvoiceField;

namespace Dunning.Invoices.Files;

/// <summary>The columns of a tool's export.</summary>
/// <param name="Name">As a person reads it.</param>
/// <param name="Source">The namespace of the ids: see <c>InvoiceDocument.Source</c>.</param>
internal sealed record InvoicePreset(string Name, string Source, IReadOnlyDictionary<InvoiceField, string> Columns)
{
    /// <summary>Columns that some exports of the tool lack.</summary>
    public IReadOnlySet<InvoiceField> Optional { get; init; } = new HashSet<InvoiceField>();

    /// <summary>A row with nothing but its first cell names the customer of those that follow.</summary>
    public bool HasCustomerRows { get; init; }

    /// <summary>What the words of the columns for kind and status mean, in lower case.</summary>
    public IReadOnlyDictionary<string, RowMeaning> Words { get; init; } = new Dictionary<string, RowMeaning>();

    private static readonly RowMeaning _draft = new(Skip: "it is a draft: the customer has not got it");
    private static readonly RowMeaning _open = new();
    private static readonly RowMeaning _paid = new(Status: "paid");
    private static readonly RowMeaning _void = new(Status: "void");
    private static readonly RowMeaning _writtenOff = new(Status: "writtenOff");
    private static readonly RowMeaning _credit = new(Kind: "creditNote");
    private static readonly RowMeaning _payment = new(Skip: "it is a payment: import the bank statement, or record it");
    private static readonly RowMeaning _other = new(Skip: "it is no invoice");

    /// <summary>The fields of <c>POST /api/invoices</c> as columns.</summary>
    private static InvoicePreset Own { get; } =
        new("own columns", "csv", InvoiceFields.All.ToDictionary(field => field, InvoiceFields.NameOf))
        {
            Optional = InvoiceFields.All.Except([Number, IssueDate, CustomerName, Currency]).ToHashSet(),
            Words = new Dictionary<string, RowMeaning>
            {
                ["open"] = _open,
                ["invoice"] = _open,
                ["paid"] = _paid,
                ["void"] = _void,
                ["writtenoff"] = _writtenOff,
                ["disputed"] = new(Status: "disputed"),
                ["creditnote"] = _credit,
            },
        };

    /// <summary>
    /// The exports that are known, by their exact headers. Each header was seen in an export or in the tool's own help
    /// pages.
    /// </summary>
    public static readonly IReadOnlyList<InvoicePreset> All =
    [
        new(
            "Xero, sales invoices",
            "xero",
            new Dictionary<InvoiceField, string>
            {
                [Number] = "InvoiceNumber",
                [IssueDate] = "InvoiceDate",
                [DueDate] = "DueDate",
                [AmountDue] = "InvoiceAmountDue",
                [AmountTotal] = "Total",
                [InvoiceField.Currency] = "Currency",
                [Status] = "Status",
                [Kind] = "Type",
                [OrderReference] = "Reference",
                [CustomerName] = "ContactName",
                [CustomerEmail] = "EmailAddress",
                [AddressLine1] = "POAddressLine1",
                [AddressLine2] = "POAddressLine2",
                [PostalCode] = "POPostalCode",
                [City] = "POCity",
                [Region] = "PORegion",
                [Country] = "POCountry",
            }
        )
        {
            Optional = new HashSet<InvoiceField>
            {
                Status,
                Kind,
                OrderReference,
                AddressLine1,
                AddressLine2,
                PostalCode,
                City,
                Region,
                Country,
            },
            Words = new Dictionary<string, RowMeaning>
            {
                ["sales invoice"] = _open,
                ["sales credit note"] = _credit,
                ["sales overpayment"] = _payment,
                ["sales prepayment"] = _payment,
                ["bill"] = _other,
                ["awaiting payment"] = _open,
                ["paid"] = _paid,
                ["voided"] = _void,
                ["deleted"] = _void,
                ["draft"] = _draft,
                ["awaiting approval"] = _draft,
            },
        },
        new(
            "Xero, aged receivables detail",
            "xero",
            new Dictionary<InvoiceField, string>
            {
                [Number] = "Invoice Number",
                [IssueDate] = "Invoice Date",
                [DueDate] = "Due Date",
                [OrderReference] = "Invoice Reference",
                [AmountDue] = "Total",
            }
        )
        {
            HasCustomerRows = true,
            Optional = new HashSet<InvoiceField> { OrderReference },
        },
        new(
            "QuickBooks, A/R ageing detail",
            "quickbooks",
            new Dictionary<InvoiceField, string>
            {
                [Number] = "Num",
                [IssueDate] = "Date",
                [DueDate] = "Due date",
                [Kind] = "Transaction type",
                [CustomerName] = "Customer full name",
                [AmountTotal] = "Amount",
                [AmountDue] = "Open balance",
            }
        )
        {
            Words = new Dictionary<string, RowMeaning>
            {
                ["invoice"] = _open,
                ["credit memo"] = _credit,
                ["payment"] = _payment,
                ["journal entry"] = _other,
                ["deposit"] = _payment,
            },
        },
        new(
            "FreshBooks, invoice details",
            "freshbooks",
            new Dictionary<InvoiceField, string>
            {
                [Number] = "Invoice #",
                [IssueDate] = "Date Issued",
                [DueDate] = "Date Due",
                [Status] = "Invoice Status",
                [CustomerName] = "Client Name",
                [LineTotal] = "Line Total",
                [InvoiceField.Currency] = "Currency",
            }
        )
        {
            Words = new Dictionary<string, RowMeaning>
            {
                ["sent"] = _open,
                ["viewed"] = _open,
                ["outstanding"] = _open,
                ["overdue"] = _open,
                ["paid"] = _paid,
                ["auto-paid"] = _paid,
                ["draft"] = _draft,
                ["partial"] = new(WhyRefused: "it is partly paid, and this export does not say what is left"),
                ["disputed"] = new(Status: "disputed"),
            },
        },
        new(
            "Zoho Books, invoices",
            "zoho",
            new Dictionary<InvoiceField, string>
            {
                [Number] = "Invoice Number",
                [ExternalId] = "Invoice ID",
                [IssueDate] = "Invoice Date",
                [DueDate] = "Due Date",
                [Status] = "Invoice Status",
                [CustomerId] = "Customer ID",
                [CustomerName] = "Customer Name",
                [OrderReference] = "PurchaseOrder",
                [InvoiceField.Currency] = "Currency Code",
                [AmountTotal] = "Total",
                [AmountDue] = "Balance",
            }
        )
        {
            Optional = new HashSet<InvoiceField> { OrderReference, CustomerId },
            Words = new Dictionary<string, RowMeaning>
            {
                ["sent"] = _open,
                ["viewed"] = _open,
                ["open"] = _open,
                ["overdue"] = _open,
                ["unpaid"] = _open,
                ["partiallypaid"] = _open,
                ["partially paid"] = _open,
                ["closed"] = _paid,
                ["paid"] = _paid,
                ["void"] = _void,
                ["writeoff"] = _writtenOff,
                ["draft"] = _draft,
                ["pending"] = _draft,
                ["approved"] = _draft,
            },
        },
        Own,
    ];

    /// <summary>Columns that a person has named.</summary>
    public static InvoicePreset Named(IReadOnlyDictionary<InvoiceField, string> columns) =>
        Own with
        {
            Name = "named columns",
            Columns = columns,
            Optional = new HashSet<InvoiceField>(),
        };

    /// <returns>
    /// The one whose header a row of cells is: of several, that which knows the most columns of it. Null for none.
    /// </returns>
    public static InvoicePreset? Of(IEnumerable<InvoicePreset> presets, IReadOnlyCollection<string> cells) =>
        presets
            .Where(preset =>
                preset.Columns.All(column => preset.Optional.Contains(column.Key) || IsIn(cells, column.Value))
            )
            .MaxBy(preset => preset.Columns.Values.Count(column => IsIn(cells, column)));

    /// <summary>The import template of Xero marks required columns with a star.</summary>
    public static bool IsColumn(string cell, string column) =>
        cell.TrimStart('*').Equals(column, StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(IReadOnlyCollection<string> cells, string column) =>
        cells.Any(cell => IsColumn(cell, column));

    /// <returns>Null for a word that is not known.</returns>
    public RowMeaning? MeaningOf(string word) =>
        word.Length == 0 ? _open : Words.GetValueOrDefault(word.ToLowerInvariant());

    /// <summary>The words that are known, for an error.</summary>
    public string KnownWords => string.Join(", ", Words.Keys);
}

/// <summary>What the word in a column for kind or status says of its row.</summary>
/// <param name="Status">As <c>POST /api/invoices</c> writes it; null for open.</param>
/// <param name="Kind">As <c>POST /api/invoices</c> writes it; null for an invoice.</param>
/// <param name="Skip">Why the row is passed over; null where it is not.</param>
/// <param name="WhyRefused">Why the row cannot be imported; null where it can.</param>
internal sealed record RowMeaning(
    string? Status = null,
    string? Kind = null,
    string? Skip = null,
    string? WhyRefused = null
);
