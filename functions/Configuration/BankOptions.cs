using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Configuration;

/// <summary>The creditor's bank account, from the settings <c>Dunning__Bank__*</c>.</summary>
public sealed class BankOptions
{
    [FieldRule(typeof(BankRules), nameof(BankRules.Iban))]
    public string? Iban { get; init; }

    [FieldRule(typeof(BankRules), nameof(BankRules.Bic))]
    public string? Bic { get; init; }

    /// <summary>Of an account without an IBAN.</summary>
    [FieldRule(typeof(BankRules), nameof(BankRules.AccountNumber))]
    public string? AccountNumber { get; init; }

    /// <summary>Sort code, routing number or branch.</summary>
    [FieldRule(typeof(BankRules), nameof(BankRules.BankCode))]
    public string? BankCode { get; init; }

    [TextLine(140)]
    public string? AccountName { get; init; }

    /// <summary>What the customer writes on the transfer; the invoice number when null.</summary>
    [TextLine(140)]
    public string? Reference { get; init; }

    public BankTransfer ToBankTransfer() => new(Iban, Bic, Reference, AccountName, AccountNumber, BankCode);
}
