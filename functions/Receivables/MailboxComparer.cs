using System.Globalization;
using System.Text;

namespace Dunning.Receivables;

/// <summary>
/// Compares email addresses by mailbox: capitals do not matter, and an internationalised domain equals its ASCII form.
/// </summary>
/// <remarks>
/// Servers may distinguish capitals before the @ (RFC 5321 section 2.4). None that is known does, and two copies in one
/// mailbox look like two reminders.
/// </remarks>
internal sealed class MailboxComparer : IEqualityComparer<string?>
{
    public static readonly MailboxComparer Instance = new();

    public bool Equals(string? x, string? y) =>
        x is null || y is null ? x == y : string.Equals(Normalise(x), Normalise(y), StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(Normalise(obj));

    /// <summary>With the domain in ASCII; capitals as they are.</summary>
    public static string Normalise(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address))
            return address;
        try
        {
            var domain = new IdnMapping().GetAscii(address[(at + 1)..]);
            return $"{address[..at].Normalize(NormalizationForm.FormC)}@{domain}";
        }
        catch (ArgumentException)
        {
            return address;
        }
    }
}
