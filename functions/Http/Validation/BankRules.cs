using System.Text.RegularExpressions;

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
            var iban when Mod97(iban[4..] + iban[..4]) != 1 => new FieldError(
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

    /// <summary>Sort code, routing number, BSB, clearing number.</summary>
    public static readonly FieldRule<string> BankCode = TextRules.Matching(
        BankCodePattern(),
        new FieldError("not_a_bank_code", "write 2 to 17 digits or letters, with blanks or hyphens"),
        text => text.Trim()
    );

    /// <summary>ISO 7064 over the digits and letters, a letter counting 10 (A) to 35 (Z).</summary>
    private static int Mod97(string text) =>
        text.Aggregate(
            0,
            (rest, c) => char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97
        );

    private static string Compact(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(@"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\z")]
    private static partial Regex IbanPattern();

    [GeneratedRegex(@"^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 ./-]{2,32}[A-Za-z0-9]\z")]
    private static partial Regex AccountNumberPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 -]{0,15}[A-Za-z0-9]\z")]
    private static partial Regex BankCodePattern();

    [GeneratedRegex(@"^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\z")]
    private static partial Regex BicPattern();
}
