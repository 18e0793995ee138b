using Dunning.Configuration;
using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Dunning.Portal;

/// <summary>
/// The language of a page: the one of its address, else the customer's, else the creditor's. Nothing is remembered.
/// </summary>
public sealed class PortalLanguages(PageLanguages languages, CreditorOptions creditor)
{
    /// <param name="customer">Null on a page that is about nobody.</param>
    internal PortalContext ContextFor(HttpRequest request, string token, Customer? customer, DateTimeZone zone)
    {
        var chosen = languages.Find(request.Query[PortalContext.LanguageQuery]);
        var language =
            chosen ?? (customer is null ? languages.For(request) : Language.For(customer.Locale ?? creditor.Language));
        return new PortalContext(WordsOf(language, zone), token, creditor)
        {
            Language = chosen?.Tag,
            Languages = languages.Choices,
        };
    }

    /// <summary>The words in which the owner reads what the customer chose.</summary>
    internal PageWords ForCreditor(DateTimeZone zone) => WordsOf(Language.For(creditor.Language), zone);

    private static PageWords WordsOf(Language language, DateTimeZone zone) => new(language, language.Portal, zone);
}
