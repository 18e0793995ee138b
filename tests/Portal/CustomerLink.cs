using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Portal;

/// <summary>Links to the portal.</summary>
internal static partial class CustomerLink
{
    /// <returns>The path of the pages of an invoice's customer, from a link made by hand.</returns>
    public static async Task<string> CreateAsync(HttpClient http, string invoice)
    {
        using var response = await http.PostAsJsonAsync($"api/customers/{invoice.Split('-')[0]}/portal-link", new { });
        var body = await response.Content.ReadAsStringAsync();
        return Pattern().Match(body) is { Success: true } link ? link.Value : throw new InvalidOperationException(body);
    }

    [GeneratedRegex("/api/portal/[A-Za-z0-9_-]+")]
    public static partial Regex Pattern();
}
