using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Evidence.Cases;

/// <summary>A pack as a file to save, written while it is made.</summary>
internal sealed class EvidenceAnswer(
    string fileName,
    PackContents contents,
    IReadOnlyList<EvidenceFile> files,
    IManifestSigner signer,
    EvidenceKey key
) : IResult
{
    /// <summary>Tells the thumbprint of the key, to be compared with that of a pack.</summary>
    public const string KeyHeader = "Evidence-Key-Thumbprint";

    private static readonly TimeSpan _retryAfter = TimeSpan.FromMinutes(1);

    public static ApiResult BeingMoved { get; } =
        ApiResult.RetryLater(
            "The invoice is being moved",
            "Its customer is being merged into another one. Send the same request again in a minute.",
            _retryAfter
        );

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers[KeyHeader] = key.Thumbprint;
        try
        {
            await EvidencePack.WriteAsync(response.Body, contents, files, signer, httpContext.RequestAborted);
        }
        catch (EvidenceKeyException failure)
        {
            // Nothing was written.
            response.Headers.Remove(KeyHeader);
            response.Headers.ContentDisposition = default;
            await Refused(failure).ExecuteAsync(httpContext);
        }
    }

    /// <summary>The name of a pack is plain ASCII.</summary>
    public static string FileNameOf(string subject, DateOnly today) =>
        $"evidence-{PackNames.Clean(subject, fallback: "case")}-{today:yyyy-MM-dd}.zip";

    public static ApiResult Refused(EvidenceKeyException failure) =>
        failure.IsTemporary
            ? ApiResult.RetryLater("The pack cannot be signed now", failure.Message, _retryAfter)
            : ApiResult.NotPossibleNow("The pack cannot be signed", failure.Message);

    public static ApiResult TooLarge { get; } =
        ApiResult.NotPossibleNow(
            "The pack would be too large",
            "Its files have more than 100 MB. Take the packs of the single invoices: GET /api/invoices/{id}/evidence."
        );
}
