using Dunning.Configuration;
using Dunning.Html;
using Dunning.PortalLinks;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Portal;

/// <summary>What every page of the portal needs besides its own content.</summary>
/// <param name="Token">Of the link, as it stands in the address.</param>
/// <param name="Creditor">Who asks for the money.</param>
public sealed record PortalContext(PageWords Words, string Token, CreditorOptions Creditor)
{
    /// <summary>The query of the address that holds the language.</summary>
    public const string LanguageQuery = "lang";

    /// <summary>The language that the reader has chosen; null for the customer's own.</summary>
    public string? Language { get; init; }

    /// <summary>The languages to choose from.</summary>
    public IReadOnlyList<(string Tag, string Name)> Languages { get; init; } = [];

    /// <summary>Who answers the customer.</summary>
    public string Answerer => Creditor.Person ?? Creditor.Company;

    /// <summary>The address of a page of this link; the language goes with it.</summary>
    public string PathOf(string page = "", params (string Name, string Value)[] query)
    {
        var path = $"/{PortalAddress.Path}/{Uri.EscapeDataString(Token)}" + (page.Length > 0 ? $"/{page}" : "");
        foreach (var (name, value) in query)
            path = QueryHelpers.AddQueryString(path, name, value);
        return Language is null ? path : QueryHelpers.AddQueryString(path, LanguageQuery, Language);
    }
}
