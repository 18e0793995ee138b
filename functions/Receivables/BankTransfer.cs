namespace Dunning.Receivables;

/// <summary>The bank account to pay to; each part may be missing.</summary>
/// <param name="AccountNumber">
/// Of an account without an IBAN, as the invoice writes it. Empty where the invoice names an account that cannot be
/// used, because a digit is wrong, say: no other account may be named in its place.
/// </param>
/// <param name="BankCode">Sort code, routing number or branch to <paramref name="AccountNumber"/>.</param>
/// <param name="Reference">What the customer writes on the transfer; the invoice number when null.</param>
public sealed record BankTransfer(
    string? Iban,
    string? Bic = null,
    string? Reference = null,
    string? AccountName = null,
    string? AccountNumber = null,
    string? BankCode = null
) : StoredRecord
{
    /// <summary>The <see cref="AccountNumber"/> of an account that is named and cannot be used.</summary>
    public const string Unusable = "";

    public bool NamesAccount => Iban is not null || AccountNumber is { Length: > 0 };

    public bool IsUnusable => Iban is null && AccountNumber is Unusable;
}
