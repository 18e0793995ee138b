using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dunning.Http.Validation;

internal static partial class EmailRule
{
    // RFC 5321 section 4.5.3.1, in bytes: local part, and path without its angle brackets.
    private const int MaxLocal = 64;
    private const int MaxAddress = 254;

    private static readonly FieldError _tooLong = new(
        "too_long",
        $"an address has at most {MaxAddress} bytes, {MaxLocal} of them before the @ (RFC 5321)"
    );

    /// <summary>
    /// One address without display name, valid in an email header. An internationalised domain is converted to its
    /// ASCII form (RFC 5891). The local part has no ASCII form and is only normalised to NFC (RFC 6530 section 10.1).
    /// </summary>
    public static readonly FieldRule<string> EmailAddress = new(text =>
    {
        if (text.Any(TextRules.IsControl))
            return TextRules.ControlCharacters;
        var address = text.Trim();
        if (address.Count(c => c == '@') > 1 || address.AsSpan().ContainsAny(',', ';'))
            return new FieldError("several_addresses", "give one address here and the others as customer.contacts");
        if (address.AsSpan().IndexOfAny("<>\"()") >= 0)
            return new FieldError("display_name", "give the bare address without a name or brackets: ap@example.com");
        return ParseBareAddress(address);
    });

    /// <summary>
    /// An address as people and programs write it into a contact field: also <c>mailto:ap@example.com</c>,
    /// <c>Accounts &lt;ap@example.com&gt;</c> and a full stop at the end of a sentence.
    /// </summary>
    public static readonly FieldRule<string> ContactEmail = new(text =>
    {
        var written = text.Trim();
        if (written.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            written = written["mailto:".Length..];
        if (NamedAddress().Match(written) is { Success: true } named)
            written = named.Groups["address"].Value;
        return EmailAddress.Check(written.TrimEnd('.'));
    });

    private static ParseResult<string> ParseBareAddress(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && Encoding.UTF8.GetByteCount(address.AsSpan(0, at)) > MaxLocal || address.Length > MaxAddress)
            return _tooLong;
        if (
            at < 0
            || ToAsciiDomain(address[(at + 1)..]) is not { } domain
            || !Local().IsMatch(address[..at])
            || !Domain().IsMatch(domain)
        )
            return new FieldError("not_an_email", "write an address such as ap@example.com");
        var local = address[..at].Normalize(NormalizationForm.FormC);
        var bytes = Encoding.UTF8.GetByteCount(local);
        return bytes > MaxLocal || bytes + 1 + domain.Length > MaxAddress ? _tooLong : $"{local}@{domain}";
    }

    private static string? ToAsciiDomain(string domain)
    {
        try
        {
            return Ascii.IsValid(domain) ? domain : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[^<>@,;]*<(?<address>[^<>@,;]+@[^<>@,;]+)>\z")]
    private static partial Regex NamedAddress();

    [GeneratedRegex(@"^[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+)*\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]\z")]
    private static partial Regex Domain();
}
