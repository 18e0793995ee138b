using Dunning.Http;
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

    /// <summary>What a request leads to; a page that cannot be made says so as a page.</summary>
    /// <param name="failed">The page for an HTTP status.</param>
    /// <param name="log">Gets what is not the fault of the request.</param>
    public static async Task<IResult> TryAsync(
        Func<Task<IResult>> run,
        Func<int, IResult> failed,
        Action<Exception> log,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var status = ErrorResponses.From(exception).Status;
            if (status >= StatusCodes.Status500InternalServerError)
                log(exception);
            return failed(status);
        }
    }

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
