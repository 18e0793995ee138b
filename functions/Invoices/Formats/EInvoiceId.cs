using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceId
{
    /// <summary>An external id has 128 characters: seller, year, a number of up to 64, and two slashes.</summary>
    private const int MaxSellerLength = 58;

    /// <summary>
    /// <c>seller/year/number</c>. A number is unique only per seller, and in some countries only within a year (India,
    /// CGST rule 46): without the year, an invoice could replace last year's. Number and date of an issued invoice
    /// never change.
    /// </summary>
    /// <param name="seller">As in the document; null when invalid, like <paramref name="number"/>.</param>
    public static string Create(string? seller, DateOnly issueDate, string? number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Shortened(seller ?? "")}/{issueDate.Year:0000}/{number}");

    private static string Shortened(string seller)
    {
        if (seller.Length <= MaxSellerLength)
            return seller;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seller)))[..8];
        return $"{seller[..(MaxSellerLength - hash.Length - 1)]}~{hash}";
    }
}
