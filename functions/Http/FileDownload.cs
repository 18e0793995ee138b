using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>A file that is to be saved and never shown in the page: it comes from outside.</summary>
internal static class FileDownload
{
    private const string Policy = "sandbox; default-src 'none'";

    public static IResult Create(HttpResponse response, byte[] content, string? name)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Policy;
        return Results.File(content, "application/octet-stream", name);
    }
}
