using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunning.Dashboard.Access;

/// <summary>
/// A page that is rendered before its first byte is sent, so that one that fails can still say so as a page.
/// </summary>
internal sealed class RenderedPage(ReadOnlyMemory<byte> html) : IResult
{
    /// <returns>The result itself when it is no page.</returns>
    public static async Task<IResult> CreateAsync(HttpContext http, IResult result)
    {
        if (result is not RazorComponentResult)
            return result;
        var body = http.Response.Body;
        using var rendered = new MemoryStream();
        http.Response.Body = rendered;
        try
        {
            await result.ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = body;
        }
        return new RenderedPage(rendered.ToArray());
    }

    /// <summary>Status and content type are set already.</summary>
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await httpContext.Response.Body.WriteAsync(html, httpContext.RequestAborted);
}
