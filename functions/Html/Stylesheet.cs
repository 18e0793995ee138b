using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dunning.Html;

/// <summary>The one stylesheet, under an address that contains its hash, so that browsers keep it for a year.</summary>
internal static class Stylesheet
{
    private static readonly string _text = EmbeddedText.Read("Html/pages.css");

    public static readonly string FileName =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text)))[..16] + ".css";

    public static IResult Send(HttpRequest request, string name)
    {
        if (name != FileName)
            return Results.NotFound();
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(_text, "text/css", Encoding.UTF8);
    }
}
