using System.Xml;

namespace Dunning.Invoices.Formats;

/// <summary>
/// Where a syntax of EN 16931 holds the fields that we read: XPaths from the root, with the prefixes of the standard.
/// Of several paths, separated by <c> else </c>, the first that finds text is used.
/// </summary>
internal sealed record EInvoiceSyntax
{
    public required string Source { get; init; }
    public required XmlNamespaceManager Prefixes { get; init; }

    public required string Number { get; init; }
    public required string TypeCode { get; init; }
    public required string IssueDate { get; init; }
    public required string DueDate { get; init; }
    public required string Currency { get; init; }
    public required string AmountDue { get; init; }
    public required string AmountTotal { get; init; }
    public required string OrderReference { get; init; }
    public required string BuyerReference { get; init; }
    public required string PrecedingInvoice { get; init; }
    public required string PaymentTerms { get; init; }

    /// <summary>One element per agreed term: a part of the amount, or a discount.</summary>
    public required string Term { get; init; }
    public required TermPaths TermParts { get; init; }

    /// <summary>One element per tax rate.</summary>
    public required string Tax { get; init; }
    public required TaxPaths TaxParts { get; init; }

    /// <summary>One element per way to pay.</summary>
    public required string Means { get; init; }
    public required MeansPaths MeansParts { get; init; }

    /// <summary>The reference of the mandate of a direct debit, and the creditor's identifier.</summary>
    public required string Mandate { get; init; }
    public required string CreditorId { get; init; }
    public required string Remittance { get; init; }

    /// <summary>
    /// The most stable identifier of the seller first: VAT id, register number, the seller's own id, name.
    /// </summary>
    public required string Seller { get; init; }
    public required string SellerCountry { get; init; }

    /// <summary>The references to files (BG-24).</summary>
    public required string Attachment { get; init; }
    public required AttachmentPaths AttachmentParts { get; init; }
    public required string Buyer { get; init; }
    public required PartyPaths Party { get; init; }

    /// <summary>One element per account to which the invoice may be paid.</summary>
    public required string Account { get; init; }
    public required AccountPaths AccountParts { get; init; }
    public required string Line { get; init; }
    public required LinePaths LineParts { get; init; }
}

/// <summary>Paths from the buyer's element.</summary>
internal sealed record PartyPaths
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string TaxId { get; init; }
    public required string Country { get; init; }
    public required AddressPaths Address { get; init; }
    public required string ContactName { get; init; }
    public required string Phone { get; init; }
    public required string Email { get; init; }

    /// <summary>The electronic address, if its scheme is EM (email address).</summary>
    public required string EmailEndpoint { get; init; }
}

internal sealed record AddressPaths(string Line1, string Line2, string PostalCode, string City, string Region);

/// <param name="Reference">From the account; null where the document has one reference for all accounts.</param>
internal sealed record AccountPaths(string Iban, string Number, string Bic, string Name, string? Reference = null);

internal sealed record LinePaths(string Description, string Quantity, string Amount);

/// <summary>Paths from the element of a term. Those of a discount are not part of EN 16931.</summary>
internal sealed record TermPaths
{
    public required string Note { get; init; }
    public required string DueDate { get; init; }
    public required string Amount { get; init; }

    /// <summary>The part in per cent of the amount due.</summary>
    public required string Percent { get; init; }
    public required string DiscountPercent { get; init; }
    public required string DiscountAmount { get; init; }
    public required string DiscountBase { get; init; }
    public required string DiscountUntil { get; init; }

    /// <summary>Days from <see cref="DiscountFrom"/>, else from the issue date.</summary>
    public required string DiscountDays { get; init; }
    public required string DiscountFrom { get; init; }
}

internal sealed record TaxPaths(string Rate, string Net, string Tax);

/// <param name="Code">UNTDID 4461.</param>
/// <param name="PayerAccount">The account that is debited.</param>
internal sealed record MeansPaths(string Code, string PayerAccount);

/// <summary>Of a file, from its reference.</summary>
internal sealed record AttachmentPaths(string Id, string Description, string Content);
