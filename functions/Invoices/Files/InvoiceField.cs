using System.Text.Json;

namespace Dunning.Invoices.Files;

/// <summary>What a column of a file of invoices can hold.</summary>
internal enum InvoiceField
{
    Number,

    /// <summary>The tool's own id of the invoice; without one, the number is the id.</summary>
    ExternalId,
    IssueDate,
    DueDate,
    AmountDue,
    AmountTotal,
    AmountPaid,

    /// <summary>Of a file with one row per line and no total: the lines of an invoice are added up.</summary>
    LineTotal,
    Currency,
    Status,
    Kind,
    OrderReference,
    CustomerName,
    CustomerId,
    CustomerEmail,
    CustomerPhone,
    AddressLine1,
    AddressLine2,
    PostalCode,
    City,
    Region,
    Country,
}

internal static class InvoiceFields
{
    public static readonly IReadOnlyList<InvoiceField> All = Enum.GetValues<InvoiceField>();

    /// <summary>The name in the query of a request, and in the first line of a file of our own.</summary>
    public static string NameOf(InvoiceField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
}
