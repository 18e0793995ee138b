namespace Dunning.Receivables;

/// <summary>What the source said when it last sent the invoice.</summary>
public sealed record Document : StoredRecord
{
    public required string Number { get; init; }
    public InvoiceKind Kind { get; init; }
    public required DateOnly IssueDate { get; init; }
    public required DateOnly DueDate { get; init; }

    /// <summary>True when the source gave no due date and the default terms were applied.</summary>
    public bool DueDateIsDefault { get; init; }

    /// <summary>What is still owed, according to the source.</summary>
    public required Money AmountDue { get; init; }
    public Money? AmountTotal { get; init; }
    public string? PaymentUrl { get; init; }
    public IReadOnlyList<PaymentLink> PaymentLinks { get; init; } = [];
    public string? DocumentUrl { get; init; }
    public BankTransfer? Bank { get; init; }
    public string? OrderReference { get; init; }
    public string? BuyerReference { get; init; }
    public string? PaymentTermsText { get; init; }
    public string? PrecedingInvoice { get; init; }

    /// <summary>The discounts for early payment; empty for none.</summary>
    public IReadOnlyList<Discount> Discounts { get; init; } = [];

    /// <summary>The parts in which it is paid; empty when all of it falls due at once.</summary>
    public IReadOnlyList<Instalment> Instalments { get; init; } = [];

    /// <summary>Null when the customer is asked to pay.</summary>
    public CollectionTerms? Collection { get; init; }

    /// <summary>A credit note that is money paid in advance: a person is told when it is used up.</summary>
    public bool IsRetainer { get; init; }

    /// <summary>Why the amount has changed.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>It takes the place of <see cref="PrecedingInvoice"/>.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Net amount and tax per rate, where the source gave them.</summary>
    public IReadOnlyList<TaxShare> Taxes { get; init; } = [];
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the whole document: the same document again changes nothing.</summary>
    public required string Hash { get; init; }

    /// <summary>When the source last changed it, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>All pages to pay online, those of the preferred method first.</summary>
    public IReadOnlyList<PaymentLink> WaysToPayOnline(PaymentMethod? preferred) =>
        [
            .. PaymentLinks
                .Concat(PaymentUrl is null ? [] : [new PaymentLink(PaymentMethod.Other, PaymentUrl)])
                .DistinctBy(link => link.Url)
                .OrderBy(link => link.Method == preferred ? 0 : 1),
        ];
}
