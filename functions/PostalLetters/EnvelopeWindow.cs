using System.Globalization;
using Dunning.Receivables;

namespace Dunning.PostalLetters;

public enum PaperSize
{
    A4,

    /// <summary>8.5 × 11 inches.</summary>
    UsLetter,
}

/// <summary>
/// Where on the sheet the address must stand so that it is seen through the window of the creditor's envelopes, however
/// the sheet lies in them; and where the sheet is folded. In millimetres from the left and the top of the sheet.
/// </summary>
/// <remarks>
/// DIN 5008:2020 form B for DIN, NF Z 11-001 and the windows of DL envelopes (110 × 220 mm) elsewhere: 35 mm high, 20
/// mm from the side and the bottom; the sheet can move by the difference of the two sizes. US #10 (104.8 × 241.3 mm):
/// the window is 28.6 × 114.3 mm, 22.2 mm from the left and 12.7 mm from the bottom.
/// </remarks>
/// <param name="Folds">From the top.</param>
internal sealed record EnvelopeWindow(
    decimal Left,
    decimal Top,
    decimal Width,
    decimal Height,
    IReadOnlyList<decimal> Folds
)
{
    private static readonly decimal[] _thirds = [99m, 198m];

    /// <summary>The address zone of 27.3 mm, below that of the notes to the post.</summary>
    private static readonly EnvelopeWindow _din = new(25m, 62.7m, 75m, 27.3m, [105m, 210m]) { ReturnLineTop = 57m };
    private static readonly EnvelopeWindow _left = new(25m, 56m, 75m, 23m, _thirds);
    private static readonly EnvelopeWindow _right = new(108m, 56m, 80m, 23m, _thirds);
    private static readonly EnvelopeWindow _us = new(25m, 64m, 85m, 16.4m, [93.1m, 186.2m]);

    private static readonly HashSet<string> _dinCountries = ["DE", "AT", "LU"];

    /// <summary>Where envelopes with the window on the right are the usual ones.</summary>
    private static readonly HashSet<string> _rightCountries = ["FR", "BE", "CH", "LI", "ES", "IT", "PT"];

    /// <summary>Where the small line with the sender's address stands; null where it has no place.</summary>
    public decimal? ReturnLineTop { get; private init; }

    /// <param name="country">Of the creditor, whose envelopes they are.</param>
    public static EnvelopeWindow Of(string? country, PaperSize paper) =>
        paper is PaperSize.UsLetter ? _us
        : _dinCountries.Contains(country ?? "") ? _din
        : _rightCountries.Contains(country ?? "") ? _right
        : _left;

    /// <summary>The paper of a country.</summary>
    public static PaperSize PaperOf(string? country) =>
        country is "US" or "CA" or "MX" or "PH" ? PaperSize.UsLetter : PaperSize.A4;

    /// <summary>The lines of the address: the country in words where the letter crosses a border.</summary>
    public static IReadOnlyList<string> AddressOf(Customer customer, string? creditorCountry)
    {
        var address = customer.LetterAddress!;
        var country = (address.Country ?? customer.Country)?[..2];
        var isAbroad = country is not null && creditorCountry is not null && country != creditorCountry;
        var contact = customer.GreetsPerson && customer.Greet != customer.Name ? customer.Greet : null;
        return
        [
            .. new[] { customer.Name, contact }
                .Concat((address with { Country = country }).LinesWithin())
                .Append(isAbroad ? NameOf(country!) : null)
                .Where(line => !string.IsNullOrWhiteSpace(line))
                .OfType<string>(),
        ];
    }

    /// <summary>
    /// In English and in capitals, as the Universal Postal Union asks for the last line of an address.
    /// </summary>
    private static string NameOf(string country)
    {
        try
        {
            return new RegionInfo(country).EnglishName.ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            return country;
        }
    }
}
