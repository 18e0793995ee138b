using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>
/// One invoice as a source sent it, in whatever format: read and checked, not yet in the receivables table.
/// </summary>
public sealed record InvoiceDocument
{
    /// <summary>
    /// Stable id in the source, opaque and case-sensitive; with <see cref="Source"/> the natural key.
    /// </summary>
    public required string ExternalId { get; init; }

    /// <summary>
    /// Namespace of <see cref="ExternalId"/>: <c>api</c>, <c>ubl</c>, <c>cii</c> or what the sender says.
    /// </summary>
    public string Source { get; init; } = "api";

    /// <summary>What the customer knows the invoice by. Not unique.</summary>
    public required string Number { get; init; }

    public required DateOnly IssueDate { get; init; }

    /// <summary>Null when the source gave none: the default terms apply then, and the answer says so.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>
    /// What is still owed, never the total (EN 16931 BT-115). Negative or zero only for credits and settled invoices.
    /// </summary>
    public required Money AmountDue { get; init; }

    public Money? AmountTotal { get; init; }
    public InvoiceKind Kind { get; init; } = InvoiceKind.Invoice;
    public SourceStatus Status { get; init; } = SourceStatus.Open;
    public required CustomerDocument Customer { get; init; }

    /// <summary>
    /// Https only. Null for XML sources: a link in an imported document is never shown to a customer.
    /// </summary>
    public string? PaymentUrl { get; init; }
    public string? DocumentUrl { get; init; }
    public BankTransfer? Payment { get; init; }
    public string? OrderReference { get; init; }
    public string? BuyerReference { get; init; }

    /// <summary>Free-text terms of the source: shown, never parsed.</summary>
    public string? PaymentTermsText { get; init; }

    /// <summary>The invoice that this one corrects or credits (EN 16931 BT-25).</summary>
    public string? PrecedingInvoice { get; init; }
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public DunningInstruction? Dunning { get; init; }

    /// <summary>Version of the document in its source: older than what is stored means stale.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

public sealed record CustomerDocument
{
    public string? ExternalId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164, for example +4930123456.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47 language tag.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA zone id, for example Asia/Kuala_Lumpur.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// ISO 3166-1 alpha-2, optionally with subdivision (MY-02): decides weekends and the default zone.
    /// </summary>
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>
    /// An address the source offers but that may be a machine's mailbox (Peppol scheme EM): never used by itself.
    /// </summary>
    public string? SuggestedEmail { get; init; }
}

/// <summary>What the source asks of the reminders.</summary>
public sealed record DunningInstruction
{
    /// <summary>Name of a reminder policy; null for the default.</summary>
    public string? Policy { get; init; }
    public DateOnly? PausedUntil { get; init; }

    /// <summary>Null leaves the customer as it is.</summary>
    public bool? DoNotContact { get; init; }
    public string? Reason { get; init; }
}

/// <summary>What the source says of the invoice.</summary>
public enum SourceStatus
{
    Open,
    Paid,
    Void,
    WrittenOff,
    Disputed,
}

/// <summary>What reading a document gave: a document without problems, or the problems.</summary>
/// <param name="Warnings">What was ignored or assumed, in sentences.</param>
internal sealed record InvoiceReading(
    InvoiceDocument? Document,
    IReadOnlyList<FieldProblem> Problems,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Drops the document when anything was refused: a refused field holds no value.</summary>
    public static InvoiceReading From(InvoiceDocument? document, ValidationErrors errors) =>
        new(errors.Problems.Count == 0 ? document : null, errors.Problems, errors.Warnings);
}
