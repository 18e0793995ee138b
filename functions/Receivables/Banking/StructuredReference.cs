using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

/// <summary>
/// References whose check digits banks compare. A failing one is no structured reference: shown under the scheme's
/// name, it would have the payment refused.
/// </summary>
public static partial class StructuredReference
{
    /// <summary>The scheme's canonical form, without blanks and decoration; null when the text is invalid.</summary>
    public static string? Normalize(ReferenceScheme scheme, string text)
    {
        var format = ReferenceFormats.Of(scheme);
        return
            format.Pattern.Match(Compact(text)) is { Success: true } match
            && match.Result(format.Canonical) is var canonical
            && format.Check?.Invoke(canonical) is not false
            ? canonical
            : null;
    }

    /// <summary>As the scheme's country prints it.</summary>
    /// <param name="normalized">A result of <see cref="Normalize"/>.</param>
    public static string Format(ReferenceScheme scheme, string normalized) =>
        ReferenceFormats.Of(scheme).Print?.Invoke(normalized) ?? normalized;

    /// <summary>The name of such a reference in its payers' bank.</summary>
    public static string Name(ReferenceScheme scheme) => ReferenceFormats.Of(scheme).Name;

    /// <summary>
    /// The scheme that the account's country and the text decide together; null when they leave it open, or when a
    /// check digit is wrong.
    /// </summary>
    /// <param name="accountCountry">ISO 3166-1 alpha-2 in upper case.</param>
    /// <param name="isQrIban">Whether the account's bank number is from 30000 to 31999.</param>
    /// <param name="isGiro">Whether the account is a Swedish bankgiro or plusgiro.</param>
    public static ReferenceScheme? Detect(string? accountCountry, bool isQrIban, bool isGiro, string text) =>
        Candidates(accountCountry, isQrIban, isGiro, Compact(text))
            .Where(scheme => Normalize(scheme, text) is not null)
            .Select(scheme => (ReferenceScheme?)scheme)
            .FirstOrDefault();

    /// <summary>Whether the text must be a structured reference, so that one with a wrong digit is a mistake.</summary>
    /// <param name="accountCountry">ISO 3166-1 alpha-2 in upper case.</param>
    public static bool ClaimsScheme(string? accountCountry, bool isQrIban, string text) =>
        Compact(text) is { Length: > 0 } compact
        && (
            isQrIban || ClaimPattern().IsMatch(compact) || (accountCountry is "SI" && SlovenePattern().IsMatch(compact))
        );

    /// <summary>The schemes that the account can have, the more usual first.</summary>
    private static ReferenceScheme[] Candidates(string? country, bool isQrIban, bool isGiro, string compact) =>
        country switch
        {
            "CH" or "LI" => [isQrIban ? ReferenceScheme.Qrr : ReferenceScheme.Scor],
            _ when compact.StartsWith("RF", StringComparison.Ordinal) => [ReferenceScheme.Rf],
            "NO" => [ReferenceScheme.KidMod10, ReferenceScheme.KidMod11],
            "FI" => [ReferenceScheme.Viitenumero],
            "BE" => [ReferenceScheme.Ogm],
            "SE" when isGiro => [ReferenceScheme.Ocr],
            // Any seven digits would be one, and shorter numbers are the creditors' own more often.
            "NL" when compact.Length is 16 => [ReferenceScheme.Betalingskenmerk],
            "SI" => [ReferenceScheme.Si00, ReferenceScheme.Si12, ReferenceScheme.Si99],
            "DK" when compact.StartsWith('+') => [ReferenceScheme.Fik],
            _ => [],
        };

    /// <summary>Only letters of ASCII, because ToUpperInvariant makes a plain S of the long s (U+017F).</summary>
    private static string Compact(string text) =>
        string.Concat(
            text.Where(c => !char.IsWhiteSpace(c))
                .Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c)
        );

    [GeneratedRegex(@"^(?:RF[0-9]{2}|\+{3}|\*{3}|\+7[135]<)")]
    private static partial Regex ClaimPattern();

    /// <summary>Slovenia has more models than are checked here; those are not known to be wrong.</summary>
    [GeneratedRegex("^SI(?:00|12|99)")]
    private static partial Regex SlovenePattern();
}
