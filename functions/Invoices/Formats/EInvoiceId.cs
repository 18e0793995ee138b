using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceId
{
    /// <summary>Leaves room for a year and a number of 64 characters in the 128 of an external id.</summary>
    private const int MaxSeller = 58;

    /// <summary>
    /// <c>seller/year/number</c>. A number need be unique only for its seller, and in some countries only within a year
    /// (India, CGST rule 46), so without the year an invoice could replace last year's. An issued invoice keeps its
    /// number and its date.
    /// </summary>
    /// <param name="seller">As the document has it; null when refused, like <paramref name="number"/>.</param>
    public static string Create(string? seller, DateOnly issued, string? number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Bounded(seller ?? "")}/{issued.Year:0000}/{number}");

    private static string Bounded(string seller)
    {
        if (seller.Length <= MaxSeller)
            return seller;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seller)))[..8];
        return $"{seller[..(MaxSeller - hash.Length - 1)]}~{hash}";
    }
}
