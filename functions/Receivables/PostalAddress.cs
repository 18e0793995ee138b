namespace Dunning.Receivables;

/// <summary>A postal address in parts, as EN 16931 has it (BG-5, BG-8). Each part may be missing.</summary>
public sealed record PostalAddress : StoredRecord
{
    /// <summary>Street and number, or a post-office box.</summary>
    public string? Line1 { get; init; }
    public string? Line2 { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>State or province, where the country's addresses have one.</summary>
    public string? Region { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or ISO 3166-2 with the subdivision, as <c>GB-NIR</c>.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// The lines of an envelope without the name: the postal code follows the town where the post wants it so (UPU
    /// addressing standard S42), and stands before it elsewhere.
    /// </summary>
    public IEnumerable<string> Lines() => LinesWithin().Append(CountryCode).OfType<string>();

    /// <summary>The same lines in one.</summary>
    public string OneLine => string.Join(", ", Lines());

    /// <summary>The same for a letter that stays within the country.</summary>
    public IEnumerable<string> LinesWithin()
    {
        var town = CountryCode switch
        {
            "US" or "CA" or "AU" or "GB" or "IE" => Joined(" ", Joined(", ", City, Region), PostalCode),
            _ => Joined(", ", Joined(" ", PostalCode, City), Region),
        };
        return new[] { Line1, Line2, town }.Where(line => !string.IsNullOrEmpty(line)).OfType<string>();
    }

    /// <summary>No envelope names a subdivision by its code.</summary>
    private string? CountryCode => Country?[..2];

    private static string Joined(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
