using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dunning.Http;

namespace Dunning.Accept;

public static partial class EmailRule
{
    // RFC 5321 4.5.3.1 (local part, path less its angle brackets).
    private const int MaxLocal = 64;
    private const int MaxAddress = 254;

    private static readonly Refusal TooLong =
        new("too_long", $"an address has at most {MaxAddress} characters, {MaxLocal} of them before the @ (RFC 5321)");

    /// <summary>One bare address, as it may stand in a header. Domains in other scripts are kept in their ASCII form (RFC 5891).</summary>
    public static readonly Rule<string> EmailAddress = new(text =>
    {
        if (text.Any(TextRules.IsControl))
            return TextRules.ControlCharacters;
        var address = text.Trim();
        if (address.Count(c => c == '@') > 1 || address.AsSpan().ContainsAny(',', ';'))
            return new Refusal("several_addresses", "give one address here and the others as customer.contacts");
        if (address.AsSpan().IndexOfAny("<>\"()") >= 0)
            return new Refusal("display_name", "give the bare address without a name or brackets: ap@example.com");
        return Bare(address);
    });

    private static Checked<string> Bare(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at > MaxLocal || address.Length > MaxAddress)
            return TooLong;
        if (at < 0 || InAscii(address[(at + 1)..]) is not { } domain || !Local().IsMatch(address[..at]) || !Domain().IsMatch(domain))
            return new Refusal("not_an_email", "write an address such as ap@example.com");
        return at + 1 + domain.Length > MaxAddress ? TooLong : $"{address[..at]}@{domain}";
    }

    private static string? InAscii(string domain)
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

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]\z")]
    private static partial Regex Domain();
}
