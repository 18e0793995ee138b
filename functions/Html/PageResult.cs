using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunning.Html;

/// <summary>The answers to requests for pages.</summary>
internal static class PageResult
{
    /// <param name="context">What every component of the page may use.</param>
    /// <param name="words">For the page that is shown when this one cannot be rendered.</param>
    /// <param name="parameters">Of the component.</param>
    public static IResult Show<TPage, TContext>(
        TContext context,
        PageWords words,
        IReadOnlyDictionary<string, object?>? parameters = null,
        int status = StatusCodes.Status200OK
    )
        where TPage : IComponent
        where TContext : notnull =>
        new RenderedPage(
            new RazorComponentResult<PageRoot<TContext>>(
                new Dictionary<string, object?>
                {
                    [nameof(PageRoot<TContext>.Context)] = context,
                    [nameof(PageRoot<TContext>.Content)] = typeof(TPage),
                    [nameof(PageRoot<TContext>.Parameters)] = parameters?.ToDictionary(p => p.Key, p => p.Value),
                }
            )
            {
                StatusCode = status,
                PreventStreamingRendering = true,
            },
            words
        );

    /// <summary>303: the browser asks for the page with GET, so that a reload repeats nothing.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
