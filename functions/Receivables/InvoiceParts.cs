
namespace Dunning.Receivables;

public enum InvoiceKind
{
    Invoice,

    /// <summary>Kept for the record, never chased.</summary>
    CreditNote,
}

/// <summary>How to pay by bank: each part may be missing.</summary>
/// <param name="Reference">What the customer writes on the transfer; the invoice number when null.</param>
public sealed record BankTransfer(string? Iban, string? Bic = null, string? Reference = null, string? AccountName = null);

/// <summary>For display only.</summary>
/// <param name="Quantity">As the source wrote it.</param>
public sealed record InvoiceLine(string Description, string? Quantity, Money? Amount);

/// <summary>A person to know about a customer's invoices.</summary>
/// <param name="Role">Free text; <c>management</c> is copied on escalations, <c>accountManager</c> is our own person.</param>
/// <param name="Cc">Copied on every mail to the customer.</param>
public sealed record Contact(string Name, string? Email, string? Phone, string? Role, bool Cc)
{
    public bool IsManagement => string.Equals(Role, "management", StringComparison.OrdinalIgnoreCase);
    public bool IsAccountManager => string.Equals(Role, "accountManager", StringComparison.OrdinalIgnoreCase);
}
