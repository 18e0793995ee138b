using System.Text.RegularExpressions;
using Dunning.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Dashboard.Layout;

/// <summary>The addresses of the pages, and their answers.</summary>
internal static partial class Pages
{
    public const string Home = "/api/dashboard";

    public static string Of(string path) => $"{Home}/{path}";

    /// <param name="parameters">Of the component.</param>
    public static IResult Show<TPage>(
        PageContext context,
        IReadOnlyDictionary<string, object?>? parameters = null,
        int status = StatusCodes.Status200OK
    )
        where TPage : IComponent => PageResult.Show<TPage, PageContext>(context, context.Words, parameters, status);

    public static IResult Show<TPage>(PageContext context, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => Show<TPage>(context, new Dictionary<string, object?> { ["Model"] = model }, status);

    /// <summary>303: the browser asks for the page with GET, so that a reload repeats nothing.</summary>
    public static IResult SeeOther(string path) => PageResult.SeeOther(path);

    /// <summary>A path with one parameter of its query set.</summary>
    public static string With(string path, string name, string value)
    {
        var parts = path.Split('?', 2);
        var query = QueryHelpers.ParseQuery(parts.ElementAtOrDefault(1));
        query[name] = value;
        return QueryHelpers.AddQueryString(parts[0], query);
    }

    /// <summary>A path with the query of another one.</summary>
    public static string WithQueryOf(string path, string other) =>
        other.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? path + other[at..] : path;

    /// <summary>A path of these pages, never one that leads to another host.</summary>
    public static string Local(string? path) => path is not null && LocalPath().IsMatch(path) ? path : Home;

    [GeneratedRegex(@"^(?!.*\.\.)/api/dashboard(/[\w\-./]*)?(\?[\w\-.~%&=+:]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LocalPath();
}
