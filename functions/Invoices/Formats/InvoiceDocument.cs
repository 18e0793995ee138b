using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>
/// One invoice as a source sent it, whatever the format: read and validated, not yet stored.
/// </summary>
public sealed record InvoiceDocument
{
    /// <summary>
    /// Stable id in the source, opaque and case-sensitive; with <see cref="Source"/> the natural key.
    /// </summary>
    public required string ExternalId { get; init; }

    /// <summary>
    /// Namespace of <see cref="ExternalId"/>: <c>api</c>, <c>ubl</c>, <c>cii</c> or the name that the sender chose.
    /// </summary>
    public string Source { get; init; } = "api";

    /// <summary>The number that the customer sees. Not unique.</summary>
    public required string Number { get; init; }

    public required DateOnly IssueDate { get; init; }

    /// <summary>Null when the source gave none: then the default terms apply, and the response says so.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>
    /// The amount still owed, never the total (EN 16931 BT-115). Negative only for credit notes, zero for settled
    /// invoices.
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

    /// <summary>Null for none.</summary>
    public IReadOnlyList<PaymentLink>? PaymentLinks { get; init; }
    public string? DocumentUrl { get; init; }

    /// <summary>Null for none.</summary>
    public IReadOnlyList<DocumentSource>? Documents { get; init; }
    public BankTransfer? Payment { get; init; }
    public string? OrderReference { get; init; }
    public string? BuyerReference { get; init; }

    /// <summary>Free-text terms of the source: shown, never parsed.</summary>
    public string? PaymentTermsText { get; init; }

    /// <summary>The number of the invoice that this one corrects or credits (EN 16931 BT-25).</summary>
    public string? PrecedingInvoice { get; init; }

    /// <summary>The invoice takes the place of <see cref="PrecedingInvoice"/>, which is not owed any more.</summary>
    public bool? IsCorrection { get; init; }

    /// <summary>
    /// A credit note that names no invoice is money paid in advance: invoices are set off against it.
    /// </summary>
    public bool? IsRetainer { get; init; }

    /// <summary>Why the amount has changed: told to the customer with the old and the new amount.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>The discounts for early payment; null for none.</summary>
    public IReadOnlyList<Discount>? Discounts { get; init; }

    /// <summary>Net amount and tax per rate; null when they are not given.</summary>
    public IReadOnlyList<TaxShare>? Taxes { get; init; }

    /// <summary>The parts of an invoice that is paid in parts; null when all of it falls due at once.</summary>
    public IReadOnlyList<Instalment>? Instalments { get; init; }

    /// <summary>Null when the customer is asked to pay.</summary>
    public CollectionTerms? Collection { get; init; }
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public DunningInstruction? Dunning { get; init; }

    /// <summary>Version of the document in its source; a document older than the stored one is ignored.</summary>
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
    public PostalAddress? Address { get; init; }
    public PaymentMethod? PreferredPaymentMethod { get; init; }

    /// <summary>Null where it is not known.</summary>
    public CustomerKind? Kind { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>Fields that the source has emptied: what is stored of them is removed.</summary>
    public IReadOnlyList<CustomerField> Removed { get; init; } = [];

    /// <summary>
    /// An address that may be a machine's mailbox (Peppol scheme EM): never used unless a person confirms it.
    /// </summary>
    public string? SuggestedEmail { get; init; }
}

/// <summary>The source's instructions for dunning.</summary>
public sealed record DunningInstruction
{
    /// <summary>Name of a dunning policy; null for the default.</summary>
    public string? Policy { get; init; }
    public DateOnly? PausedUntil { get; init; }

    /// <summary>Null leaves the customer as it is.</summary>
    public bool? DoNotContact { get; init; }
    public string? Reason { get; init; }

    /// <summary>Of a new invoice that is overdue already; null for <see cref="OverdueStart.Gently"/>.</summary>
    public OverdueStart? WhenOverdue { get; init; }
}

/// <summary>How the reminders for an invoice begin that is overdue when it arrives.</summary>
public enum OverdueStart
{
    /// <summary>With the first reminder after the due date, as if it were due now.</summary>
    Gently,

    /// <summary>
    /// With the step that its age has reached, but none that a person has to approve, or that is a formal letter or the
    /// last word: somebody else has reminded the customer before.
    /// </summary>
    AtStepDue,

    /// <summary>Not until a person resumes it.</summary>
    Hold,
}

/// <summary>The state of the invoice in its source.</summary>
public enum SourceStatus
{
    Open,
    Paid,
    Void,
    WrittenOff,
    Disputed,
}

/// <summary>The result of reading a document: a valid document, or the problems.</summary>
/// <param name="Warnings">Sentences about what was ignored or assumed.</param>
internal sealed record InvoiceReading(
    InvoiceDocument? Document,
    IReadOnlyList<FieldProblem> Problems,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Drops the document when any field is invalid: such a field holds no value.</summary>
    public static InvoiceReading From(InvoiceDocument? document, ValidationErrors errors)
    {
        if (document?.Lines.Count > InvoiceLine.MaxStored)
            errors.Warn($"#/lines: only the first {InvoiceLine.MaxStored} are stored");
        return new(errors.Problems.Count == 0 ? document : null, errors.Problems, errors.Warnings);
    }
}
