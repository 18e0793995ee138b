namespace Dunning.Receivables;

/// <summary>How to pay by bank: each part may be missing.</summary>
/// <param name="Reference">What the customer writes on the transfer; the invoice number when null.</param>
public sealed record BankTransfer(
    string? Iban,
    string? Bic = null,
    string? Reference = null,
    string? AccountName = null
);
