using System.Globalization;
using System.Text;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Html;

/// <summary>The forms that browsers send.</summary>
internal static class PageForm
{
    /// <summary>The longest form but for a policy is a note of a few thousand characters.</summary>
    private const int MaxBytes = 64 * 1024;

    private const int MaxFields = 4000;

    /// <returns>Null when it is no form, or too long. Several values of one name are joined by commas.</returns>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        int maxBytes = MaxBytes
    )
    {
        if (
            RequestBody.MediaType(request) != "application/x-www-form-urlencoded"
            || await RequestBody.ReadAsync(request, maxBytes, cancellationToken) is not { } body
        )
            return null;
        using var reader = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = MaxFields };
        try
        {
            var form = await reader.ReadFormAsync(cancellationToken);
            return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A form with a file, or one without.</summary>
    /// <returns>Null when it is no form, or too long.</returns>
    public static async Task<PageUpload?> ReadUploadAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        if (RequestBody.MediaType(request) != "multipart/form-data")
            return await ReadAsync(request, cancellationToken, maxBytes) is { } plain ? new PageUpload(plain) : null;
        try
        {
            var form = await request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = maxBytes, ValueCountLimit = MaxFields },
                cancellationToken
            );
            using var file = new MemoryStream();
            if (form.Files is [var sent, ..])
                await sent.CopyToAsync(file, cancellationToken);
            return new PageUpload(
                form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)
            )
            {
                File = file.ToArray(),
                FileName = form.Files is [var named, ..] ? named.FileName : "",
            };
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A whole number of a form or an address; null for anything else.</summary>
    public static int? NumberOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What a browser says of a request (Fetch Metadata); programs say nothing and have no cookie.</summary>
    public static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site.ToString() is not ("same-origin" or "none");
}

/// <summary>What a form has sent.</summary>
internal sealed record PageUpload(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Empty for none.</summary>
    public byte[] File { get; init; } = [];

    public string FileName { get; init; } = "";
}
