using Microsoft.AspNetCore.Http;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The layout of every page: no scripts and no external resources, enforced by a content security policy.
/// </summary>
internal sealed class Page : IResult
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly Html _html;
    private readonly int _status;

    private Page(string title, Html body, int status)
    {
        _status = status;
        _html = Html.From(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <style>{PageStyle.Css}</style>
            </head>
            <body>
            {body}
            </body>
            </html>
            """
        );
    }

    public static IResult Show(string title, Html body) => new Page(title, body, 200);

    public static IResult NotFound() =>
        new Page(
            "Not found",
            Html.From(
                $"""
                <header><a class="back" href="/outbox">← Outbox</a><h1>Not found</h1></header>
                <main><p class="empty">No message with this id was sent.</p></main>
                """
            ),
            404
        );

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        return response.WriteAsync(_html.Markup, httpContext.RequestAborted);
    }
}
