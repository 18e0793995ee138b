using Dunning.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Layout;

/// <summary>
/// <c>GET /api/dashboard/language?to=de&amp;from=/api/dashboard</c>: the browser remembers the language of the pages.
/// Nothing else changes, so it needs no session.
/// </summary>
public sealed class ChangeLanguage(PageLanguages languages)
{
    [Function(nameof(ChangeLanguage))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/language")] HttpRequest request
    )
    {
        var tag = request.Query["to"].ToString();
        if (languages.Has(tag))
            request.HttpContext.Response.Cookies.Append(
                PageLanguages.Cookie,
                tag,
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    MaxAge = TimeSpan.FromDays(365),
                    Path = Pages.Home,
                }
            );
        return Pages.SeeOther(Pages.Local(request.Query["from"]));
    }
}
