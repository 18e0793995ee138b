using Dunning.Http;
using Dunning.Invoices.Formats;

namespace Dunning.Invoices.Files;

/// <summary>What the job of a file of invoices works on.</summary>
/// <param name="Format">A media type.</param>
/// <param name="IsDryRun">Nothing is stored; the messages that would follow are told.</param>
internal sealed record InvoiceFileInput(byte[] File, string Format, InvoiceFileOptions Options, bool IsDryRun)
{
    public const string CsvFormat = "text/csv";

    /// <exception cref="UnreadableDocumentException">It holds no invoices of a known shape.</exception>
    public InvoiceFile Read() =>
        Format switch
        {
            CsvFormat => CsvInvoiceFile.Read(CsvText.Decode(File), Options),
            DocumentFormat.JsonLines => JsonInvoiceFile.ReadLines(File, Options),
            _ => JsonInvoiceFile.Read(File, Options),
        };
}

/// <summary>What a person says of a file of invoices.</summary>
internal sealed record InvoiceFileOptions
{
    /// <summary>The columns by name; empty where the header says which tool has written the file.</summary>
    public IReadOnlyDictionary<InvoiceField, string> Columns { get; init; } = new Dictionary<InvoiceField, string>();

    /// <summary>Of the rows without a currency.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>One of <see cref="CsvDate.Formats"/>; null where every date has one reading.</summary>
    public string? DateFormat { get; init; }

    /// <summary><c>,</c> or <c>.</c>; null where every amount has one reading.</summary>
    public char? Decimal { get; init; }

    /// <summary>The namespace of the ids; null for the usual one of the format.</summary>
    public string? Source { get; init; }

    /// <summary>Name of the policy for all; null for the usual one.</summary>
    public string? Policy { get; init; }

    /// <summary>What becomes of invoices that are overdue already.</summary>
    public OverdueStart WhenOverdue { get; init; }
}
