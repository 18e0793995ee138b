using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Configuration;

/// <summary>The creditor's postal address, from the settings <c>Dunning__Address__*</c>.</summary>
public sealed class AddressOptions
{
    [TextLine(200)]
    public string? Line1 { get; init; }

    [TextLine(200)]
    public string? Line2 { get; init; }

    [TextLine(20)]
    public string? PostalCode { get; init; }

    [TextLine(100)]
    public string? City { get; init; }

    [TextLine(100)]
    public string? Region { get; init; }

    [FieldRule(typeof(PlaceRules), nameof(PlaceRules.Country))]
    public string? Country { get; init; }

    public PostalAddress ToPostalAddress() =>
        new()
        {
            Line1 = Line1,
            Line2 = Line2,
            PostalCode = PostalCode,
            City = City,
            Region = Region,
            Country = Country,
        };
}
