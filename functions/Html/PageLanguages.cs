using Dunning.Notices.Localization;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Html;

/// <summary>The languages of the pages, and the one that a browser asks for.</summary>
public sealed class PageLanguages
{
    private const string Fallback = "en";

    internal const string Cookie = "dunning-language";

    private readonly Dictionary<string, Language> _all;

    internal PageLanguages(IEnumerable<Language> languages) =>
        _all = languages.ToDictionary(language => language.Tag, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<(string Tag, string Name)> Choices =>
        [
            .. _all
                .Values.Select(language => (language.Tag, Name: language.Dashboard.Text("language.name")))
                .OrderBy(choice => choice.Name, StringComparer.Ordinal),
        ];

    internal bool Has(string tag) => _all.ContainsKey(tag);

    /// <summary>The language of a tag that came with a request; null for one that there is not.</summary>
    internal Language? Find(string? tag) => tag is null ? null : _all.GetValueOrDefault(tag);

    /// <summary>The language that was chosen, else the first of the browser's that there is, else English.</summary>
    internal Language For(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(a => a.Quality ?? 1);
        return accepted
                .SelectMany(a => LocaleFallback.TagsOf(a.Value.Value!))
                .Prepend(request.Cookies[Cookie] ?? "")
                .Select(tag => _all.GetValueOrDefault(tag))
                .FirstOrDefault(language => language is not null)
            ?? _all[Fallback];
    }
}
