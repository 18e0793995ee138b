using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Dashboard.Layout;

/// <summary>
/// A rendered page. One that fails while it is rendered says so with a page that needs no component: the request cannot
/// render a second time.
/// </summary>
internal sealed class PageResult(RazorComponentResult<PageRoot> page, PageContext context) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        try
        {
            await page.ExecuteAsync(httpContext);
        }
        catch (Exception exception) when (!response.HasStarted && !httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext
                .RequestServices.GetRequiredService<ILogger<PageResult>>()
                .LogError(exception, "A page of the dashboard could not be rendered");
            response.StatusCode = StatusCodes.Status500InternalServerError;
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(PlainPage(context.Words), httpContext.RequestAborted);
        }
    }

    private static string PlainPage(DashboardWords words)
    {
        var (title, fix, home) = (words["error.failed.title"], words["error.failed.fix"], words["error.home"]);
        return $"""
            <!DOCTYPE html>
            <html lang="{words.Tag}" dir="{words.Direction}">
            <head><meta charset="utf-8"><title>{Encode(
                title
            )}</title><link rel="stylesheet" href="{Stylesheet.Path}"></head>
            <body><main><h1>{Encode(title)}</h1><p>{Encode(fix)}</p><p><a href="{Pages.Home}">{Encode(
                home
            )}</a></p></main></body>
            </html>
            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
