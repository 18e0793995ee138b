using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Html;

/// <summary>
/// A rendered page. One that fails while it is rendered says so with a page that needs no component: the request cannot
/// render a second time.
/// </summary>
internal sealed class RenderedPage(IResult page, PageWords words) : IResult
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
                .RequestServices.GetRequiredService<ILogger<RenderedPage>>()
                .LogError(exception, "A page could not be rendered");
            response.StatusCode = StatusCodes.Status500InternalServerError;
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(PlainPage(), httpContext.RequestAborted);
        }
    }

    private string PlainPage()
    {
        var (title, fix) = (Encode(words["error.failed.title"]), Encode(words["error.failed.fix"]));
        return $"""
            <!DOCTYPE html>
            <html lang="{words.Tag}" dir="{words.Direction}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
            <body><h1>{title}</h1><p>{fix}</p></body>
            </html>
            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
