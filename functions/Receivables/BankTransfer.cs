using System.Text.Json.Serialization;
using Dunning.Receivables.Banking;

namespace Dunning.Receivables;

/// <summary>The bank account to pay to; each part may be missing.</summary>
/// <param name="AccountNumber">
/// Of an account without an IBAN, as the invoice writes it. Empty where the invoice names an account that cannot be
/// used, because a digit is wrong, say: no other account may be named in its place.
/// </param>
/// <param name="BankCode">
/// Sort code, routing number or branch to <paramref name="AccountNumber"/>; <c>bankgiro</c> or <c>plusgiro</c> for a
/// Swedish giro number.
/// </param>
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

    /// <summary>ISO 3166-1 alpha-2 of the bank, of an account without an IBAN; null where it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>What the invoice says that the reference is; null where the account and the form decide.</summary>
    public ReferenceScheme? ReferenceScheme { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null where it is not known.</summary>
    [JsonIgnore]
    public string? AccountCountry => Iban is { Length: > 2 } ? Iban[..2] : Country;

    [JsonIgnore]
    public bool NamesAccount =>
        Iban is not null || AccountNumber is { Length: > 0 } || PaymentReference is { NamesAccount: true };

    [JsonIgnore]
    public bool IsUnusable => Iban is null && AccountNumber is Unusable;

    /// <summary>How the country of an account without an IBAN writes it; null where that has no rule here.</summary>
    [JsonIgnore]
    public AccountScheme? AccountScheme =>
        Iban is null && Country is { } country ? AccountSchemes.Of(country, BankCode) : null;

    /// <summary>
    /// The account in its country's terms; null without <see cref="AccountScheme"/>, and where its check fails.
    /// </summary>
    [JsonIgnore]
    public NationalAccount? NationalAccount =>
        AccountScheme is { } scheme && AccountNumber is { Length: > 0 } number
            ? NationalAccount.Parse(scheme, scheme.IsGiro ? null : BankCode, number)
            : null;

    /// <summary>By what a payment is found; null where <see cref="Reference"/> is.</summary>
    [JsonIgnore]
    public string? ReferenceKey =>
        Reference is not null && PaymentReference.KeyOf(Reference) is { Length: > 0 } key ? key : null;

    /// <summary>Null where <see cref="Reference"/> is.</summary>
    [JsonIgnore]
    public PaymentReference? PaymentReference => Reference is null ? null : PaymentReference.Of(Reference, this);

    /// <summary>The account without what is written on one transfer: equal for all that is paid to it.</summary>
    public BankTransfer WithoutReference() => this with { Reference = null, ReferenceScheme = null };
}
