using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// A file that belongs to an invoice: its PDF, the contract, a timesheet (EN 16931 BG-24). Reminders have it attached
/// once it is stored, and where its policy step says so.
/// </summary>
/// <param name="Name">Of the file, with its extension.</param>
public sealed record SupportingDocument(DocumentType Type, string Name) : StoredRecord
{
    public const int MaxCount = 20;

    /// <summary>
    /// Of all files of an email, and so of each: Azure Communication Services takes 10 MB, in which they grow by a
    /// third.
    /// </summary>
    public const int MaxBytes = 7_000_000;

    /// <summary>Where it is fetched from; null for one that came inside the invoice.</summary>
    public string? Url { get; init; }

    /// <summary>In the container of documents; null while it is fetched, and when that failed.</summary>
    public string? BlobName { get; init; }
    public string? ContentType { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>In bytes.</summary>
    public int Size { get; init; }

    /// <summary>Why it is not stored; null for one that is, or is being fetched.</summary>
    public DocumentFailure? Failure { get; init; }

    [JsonIgnore]
    public DocumentState State =>
        BlobName is not null ? DocumentState.Stored
        : Failure is null ? DocumentState.Pending
        : DocumentState.Failed;

    [JsonIgnore]
    public bool IsPending => State is DocumentState.Pending;

    public static string BlobNameOf(InvoiceId id, string sha256) => $"{PrefixOf(id.Customer, id.Invoice)}{sha256}";

    /// <summary>Of all blobs of an invoice.</summary>
    public static string PrefixOf(CustomerId customer, string invoice) => $"{customer}/{invoice}/";
}

public enum DocumentType
{
    Invoice,
    Contract,
    Quote,
    DeliveryNote,
    Timesheet,

    /// <summary>What a country's pre-collection notice must enclose.</summary>
    InformationSheet,
    ReplyForm,
    FinancialStatement,
    Other,
}

public enum DocumentState
{
    /// <summary>It will be attached.</summary>
    Stored,

    /// <summary>It is being fetched.</summary>
    Pending,

    /// <summary>It could not be fetched: messages have a link to it.</summary>
    Failed,
}

public enum DocumentFailure
{
    /// <summary>There is no file at the address, or it is not for us.</summary>
    NotFound,

    /// <summary>
    /// The address, or one that it leads to, is not on the public internet or not of an allowed host.
    /// </summary>
    NotAllowed,
    TooLarge,

    /// <summary>Neither a PDF nor a picture: a page to sign in, for example.</summary>
    NotADocument,

    /// <summary>The server did not answer in time, or with errors, again and again.</summary>
    Unreachable,
}
