using System.Text.RegularExpressions;
using Dunning.Receivables.Banking;

namespace Dunning.Http.Validation;

internal static partial class BankRules
{
    /// <summary>
    /// ISO 13616 with checksum, because money sent to a mistyped account is hard to recover. The result has no blanks.
    /// </summary>
    public static readonly FieldRule<string> Iban = new(text =>
        Compact(text) switch
        {
            var iban when !IbanPattern().IsMatch(iban) => new FieldError(
                "not_an_iban",
                "write the whole IBAN, for example DE89370400440532013000"
            ),
            var iban when CheckDigits.Mod97(iban[4..] + iban[..4]) != 1 => new FieldError(
                "iban_checksum",
                "the checksum is wrong: compare the IBAN with a bank statement"
            ),
            var iban => iban,
        }
    );

    /// <summary>The format of ISO 9362.</summary>
    public static readonly FieldRule<string> Bic = TextRules.Matching(
        BicPattern(),
        new FieldError("not_a_bic", "write the BIC with 8 or 11 characters, for example COBADEFFXXX"),
        Compact
    );

    /// <summary>
    /// A national account number, which has no checksum that all countries share: shown as it is written.
    /// </summary>
    public static readonly FieldRule<string> AccountNumber = TextRules.Matching(
        AccountNumberPattern(),
        new FieldError(
            "not_an_account_number",
            "write 4 to 34 digits or letters, at least one digit, with blanks, dots, hyphens or slashes"
        ),
        text => text.Trim()
    );

    /// <summary>
    /// Sort code, routing number, BSB, clearing number; the bank's name where accounts have no code for it. Peppol
    /// names a Swedish giro <c>SE:BANKGIRO</c>.
    /// </summary>
    public static readonly FieldRule<string> BankCode = TextRules.Matching(
        BankCodePattern(),
        new FieldError("not_a_bank_code", "write 2 to 40 digits or letters, with blanks, hyphens or brackets"),
        text => text.Trim() is ['S', 'E', ':', .. var giro] ? giro : text.Trim()
    );

    /// <summary>Of the bank: ISO 3166-1 alpha-2.</summary>
    public static readonly FieldRule<string> AccountCountry = new(text =>
        PlaceRules.Country.Check(text) is var country && country.Value is { } code ? code[..2] : country.Error!
    );

    private static string Compact(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(@"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\z")]
    private static partial Regex IbanPattern();

    [GeneratedRegex(@"^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 ./-]{2,32}[A-Za-z0-9]\z")]
    private static partial Regex AccountNumberPattern();

    [GeneratedRegex(@"^[\p{L}0-9][\p{L}0-9 .&'()-]{0,38}[\p{L}0-9)]\z")]
    private static partial Regex BankCodePattern();

    [GeneratedRegex(@"^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\z")]
    private static partial Regex BicPattern();
}
