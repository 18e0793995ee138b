namespace Dunning.Receivables.Banking;

/// <summary>
/// What the customer writes on the transfer. A reference of a scheme is checked by its check digits: many banks refuse
/// a wrong one, so a text that fails the check has no scheme and is shown as it is.
/// </summary>
/// <param name="Scheme">Null for plain text, such as an invoice number.</param>
/// <param name="Text">Without the groups and signs in which it is printed.</param>
public sealed record PaymentReference(ReferenceScheme? Scheme, string Text)
{
    /// <summary>As the scheme's country prints it.</summary>
    public string Printed => Scheme is { } scheme ? StructuredReference.Format(scheme, Text) : Text;

    /// <summary>With the scheme's own name, by which customers know the field in their bank.</summary>
    /// <param name="general">The label of any reference, in the reader's language.</param>
    public string Label(string general) =>
        Scheme is { } scheme ? $"{general} ({StructuredReference.Name(scheme)})" : general;

    /// <summary>It holds the payee's number: no account is needed beside it.</summary>
    public bool NamesAccount => Scheme is ReferenceScheme.Fik;

    /// <summary>By what a payment is found: banks leave out blanks and signs, or put them in.</summary>
    public static string KeyOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <param name="account">Its country and kind decide what a bare number can be.</param>
    public static PaymentReference Of(string text, BankTransfer account)
    {
        var scheme =
            account.ReferenceScheme
            ?? StructuredReference.Detect(
                account.AccountCountry,
                IbanRules.IsQrIban(account.Iban),
                account.AccountScheme is { IsGiro: true },
                text
            );
        return scheme is { } known && StructuredReference.Normalize(known, text) is { } normalized
            ? new(known, normalized)
            : new(null, text);
    }

    /// <summary>
    /// The reference must be one of a scheme, by what the invoice says, the account or the form, and its check fails.
    /// Without an account only RF is known by its form.
    /// </summary>
    public static bool IsMistyped(BankTransfer account) =>
        account.PaymentReference is { Scheme: null, Text: var text }
        && (
            account.ReferenceScheme is not null
            || (account.AccountCountry is not null || text.StartsWith("RF", StringComparison.OrdinalIgnoreCase))
                && StructuredReference.ClaimsScheme(account.AccountCountry, IbanRules.IsQrIban(account.Iban), text)
        );
}
